"""The results page. Any query gets a page; without an engine it says so, finds by titles and offers other ways."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext

from core.translations import other_languages
from topics.listing import PAGE, SORT_LABELS, Listing, cleared, kind_facet, list_items, without

from .asking import BadRequest, asked_for
from .best_bets import best_bets
from .directory import directory
from .engine import EngineDown
from .guard import EngineBusy
from .marking import Marker
from .presenting import Answer, kinds_label, present
from .queries import find_items, find_pages, find_terms, helpful, words_of
from .site_search import BEST, BY_NAME, MOST_PAGES, NEWEST, OLDEST, Asked, search
from .understanding import Understood, understand

# Short queries show what there is of each kind; longer ones know what they want.
SHORT_WORDS = 2
GROUP_SIZE = 3
LEAST_FOR_GROUPS = 8
RETRY_SECONDS = 5
# Searching titles in the database costs more than the engine: of the threads of a process one at a time.
_titles = threading.BoundedSemaphore(1)


def results(request: HttpRequest) -> HttpResponse:
    """`/tim-kiem/?q=`: items with facets, what was understood, terms and plain pages beside them."""
    language = get_language() or settings.LANGUAGE_CODE
    try:
        asked = asked_for(request.GET, language)
    except BadRequest as error:
        return render(request, "search/refused.html", {"message": str(error), **_head(request, "")}, status=400)
    try:
        return _with_engine(request, asked)
    except EngineBusy:
        return _busy(request, asked)
    except EngineDown:
        return _without_engine(request, asked)


def _with_engine(request: HttpRequest, asked: Asked) -> HttpResponse:
    is_short = 0 < len(asked.query.split()) <= SHORT_WORDS and asked.page == 1 and "sap-xep" not in request.GET and not asked.choices
    found = search(asked, groups_of=GROUP_SIZE if is_short else 0, least_for_groups=LEAST_FOR_GROUPS)
    last = max(1, -(-min(found.total, asked.size * MOST_PAGES) // asked.size))
    if asked.page > last:
        # Further than there is: the last page, not an error.
        asked = replace(asked, page=last)
        found = search(asked)
    answer = present(found, asked)
    is_first = asked.page == 1
    promoted = best_bets(answer.understood, asked.language) if is_first and asked.query and not asked.choices else []
    marker = Marker(found.query, found.thesaurus)
    for item in promoted:
        item.marked_title, item.snippet = marker.marked(item.title), marker.snippet(item.summary)
    shown = {item.pk for item in promoted}
    context = {
        "listing": listing_of(request.GET, asked, answer, found.sort),
        "items": [item for item in answer.items if item.pk not in shown],
        "total": found.total,
        "best_bets": promoted,
        "groups": [] if promoted else _groups(request.GET, answer),
        "understood": answer.understood,
        "exact_url": _exact_url(answer.understood),
        "suggestion": answer.suggestion,
        "suggestion_url": f"?{urlencode({'q': answer.suggestion})}" if answer.suggestion else "",
        **_beside(asked, answer.understood, is_first=is_first),
        **_head(request, asked.query),
    }
    if not answer.items and asked.query:
        context |= helpful(asked.query, asked.language)
    return render(request, "search/results.html", context)


def listing_of(params: QueryDict, asked: Asked, answer: Answer, sort: str) -> Listing:
    """What the components of a list need, as `topics.listing` gives it for other lists."""
    labels = {facet.key: {value["value"]: value["label"] for value in facet.values} for facet in answer.facets}
    chips: list[dict[str, str]] = []
    unknown: list[str] = []
    for name, values in asked.choices.items():
        for value in values:
            label = labels.get(name, {}).get(value)
            chips.append({"label": label or value, "remove_url": without(params, name, value)})
            if label is None:
                unknown.append(value)
    found: Any = _Slice(min(answer.total, asked.size * MOST_PAGES), answer.items)
    paginator = Paginator(found, asked.size)
    kept = params.copy()
    kept.pop(PAGE, None)
    return _SearchListing(paginator.page(asked.page), answer.facets, chips, unknown, sort, kept.urlencode(), cleared(params), bool(asked.query))


class _SearchListing(Listing):
    """A listing whose orders are those of a search."""

    @property
    def sorts(self) -> list[dict[str, Any]]:
        offered = [key for key in (BEST, NEWEST, OLDEST, BY_NAME) if key != BEST or self.is_ranked]
        return [{"value": key, "label": str(SORT_LABELS[key]), "selected": key == self.sort} for key in offered]


class _Slice:
    """A page of results as Django's paginator takes a list: it knows how many there are in all."""

    def __init__(self, total: int, items: list[Any]) -> None:
        self.total, self.items = total, items

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, key: slice) -> list[Any]:
        return self.items


def _groups(params: QueryDict, answer: Answer) -> list[dict[str, Any]]:
    """The best few of each kind: {label, items, total, url}; the kind whose best item is the best stands first."""
    labels = kinds_label(group["kind"] for group in answer.groups)
    groups = [
        {**group, "label": labels[group["kind"]], "url": f"?{urlencode([('q', params.get('q', '')), ('loai', group['kind'])])}"}
        for group in answer.groups
        if group["kind"] in labels
    ]
    return sorted(groups, key=lambda group: -group["items"][0].score)


def _exact_url(understood: Understood) -> str:
    """Where the words are looked for exactly as they were typed; empty where nothing was read into them."""
    exactly = f'"{understood.typed}"'
    return f"?{urlencode({'q': exactly})}" if understood.is_changed else ""


def _beside(asked: Asked, understood: Understood, *, is_first: bool) -> dict[str, Any]:
    """What stands beside the items on the first page: pages that bear the name, terms, pages of the site."""
    words = words_of(understood.text)
    if not words or not is_first:
        return {"direct": [], "terms": [], "plain_pages": []}
    direct = directory(asked.language).named(understood.text)
    terms = [term for term in find_terms(words, asked.language) if term.get_absolute_url() not in {entry.url for entry in direct}]
    return {"direct": direct, "terms": terms, "plain_pages": find_pages(words, asked.language)}


def _head(request: HttpRequest, query: str) -> dict[str, Any]:
    title = gettext("Tìm: %(query)s") % {"query": query} if query else gettext("Tìm kiếm")
    return {"query": query, "translations": other_languages(request), "meta_title": title, "is_hidden_from_search": True}


def _without_engine(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Titles, summaries and names in the database: fewer hits, no ranking, the page says so."""
    if not _titles.acquire(timeout=1):
        return _busy(request, asked)
    try:
        words = words_of(asked.query)
        items, kinds = kind_facet(find_items(words, asked.language), request.GET)
        try:
            listing = list_items(items, request.GET, extra=[kinds], is_ranked=bool(words))
        except Http404:
            params = request.GET.copy()
            params.pop(PAGE, None)
            listing = list_items(items, params, extra=[kinds], is_ranked=bool(words))
        marker = Marker(understand(asked.query, asked.language))
        found = list(listing.page_obj.object_list)
        for item in found:
            item.marked_title, item.snippet = marker.marked(item.title), marker.snippet(item.summary)
        context = {
            "listing": listing,
            "items": found,
            "total": listing.page_obj.paginator.count,
            "is_engine_down": True,
            **_beside(asked, understand(asked.query, asked.language), is_first=asked.page == 1),
            **_head(request, asked.query),
        }
    finally:
        _titles.release()
    if not found and asked.query:
        context |= helpful(asked.query, asked.language)
    return render(request, "search/results.html", context)


def _busy(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Too many search at once: other ways, and when to come back."""
    response = render(request, "search/busy.html", _head(request, asked.query), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
