"""The results page. For now it looks in folded columns of the database."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from core.translations import other_languages
from core.vietnamese import normalise
from topics.listing import kind_facet, list_items

from .marking import marked, snippet
from .queries import find_items, find_pages, find_terms, words_of

LONGEST_QUERY = 200


def results(request: HttpRequest) -> HttpResponse:
    """`/tim-kiem/?q=`: items with facets, terms and plain pages that match. Any input gets a page; a page number that is not there 404."""
    language = get_language() or "vi"
    query = " ".join(normalise(request.GET.get("q", ""))[:LONGEST_QUERY].split())
    words = words_of(query)
    items, kinds = kind_facet(find_items(words, language), request.GET)
    listing = list_items(items, request.GET, extra=[kinds], is_ranked=bool(words))
    is_first = listing.page_obj.number == 1
    context = {
        "query": query,
        "listing": listing,
        "items": [_marked_item(item, query) for item in listing.page_obj.object_list],
        "terms": find_terms(words, language) if is_first else [],
        "plain_pages": find_pages(words, language) if is_first else [],
        "translations": other_languages(request),
        "meta_title": gettext("Tìm: %(query)s") % {"query": query} if query else gettext("Tìm kiếm"),
        "is_hidden_from_search": True,
    }
    return render(request, "search/results.html", context)


def _marked_item(item: Any, query: str) -> Any:
    """The same item with `marked_title` and `snippet` for its card."""
    item.marked_title = marked(item.title, query)
    item.snippet = snippet(item.summary, query)
    return item
