"""The results page. For now it looks in folded columns of the database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from core.translations import other_languages
from core.vietnamese import normalise
from topics import kinds
from topics.listing import Facet, chosen, list_items

from .queries import find_items, find_pages, find_terms, words_of

KIND = "loai"


def results(request: HttpRequest) -> HttpResponse:
    """`/tim-kiem/?q=`: items with facets, terms and plain pages that match. Any input gets a page."""
    language = get_language() or "vi"
    query = normalise(request.GET.get("q", ""))[:200].strip()
    words = words_of(query)
    wanted = chosen(request.GET, KIND)
    facet = Facet(KIND, gettext("Loại"), [{"value": kind.segment, "label": str(kind.plural), "selected": kind.segment in wanted} for kind in kinds.all_kinds()])
    listing = list_items(find_items(words, language, wanted), request.GET, extra=[facet])
    context = {
        "query": query,
        "words": words,
        "listing": listing,
        "terms": find_terms(words, language) if listing.page_obj.number == 1 else [],
        "pages": find_pages(words, language) if listing.page_obj.number == 1 else [],
        "translations": other_languages(request),
        "indexable": False,
    }
    return render(request, "search/results.html", context)
