"""From an address to a search: what the parameters say, and what they may not say."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.vietnamese import normalise
from topics.listing import PAGE, QUERY, SORT, chosen

from .site_search import BEST, BY_NAME, COLUMNS, MOST_PAGES, NEWEST, OLDEST, PAGE_SIZE, Asked
from .understanding import LONGEST_QUERY

LARGEST_SIZE = 50


class BadRequest(Exception):
    """What is asked cannot be answered. `code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def asked_for(params: QueryDict, language: str, *, page_name: str = PAGE, size: int = PAGE_SIZE) -> Asked:
    """The search that an address asks for. Raises BadRequest for a query without end or a page that cannot be."""
    query = params.get(QUERY, "")
    if len(query) > LONGEST_QUERY:
        raise BadRequest("query_too_long", _("Câu tìm dài quá %(count)s chữ cái. Hãy viết ngắn lại.") % {"count": LONGEST_QUERY})
    choices = {name: chosen(params, name) for name in COLUMNS}
    sort = params.get(SORT, BEST)
    return Asked(
        query=" ".join(normalise(query).split()),
        language=language,
        choices={name: values for name, values in choices.items() if values},
        sort=sort if sort in (BEST, NEWEST, OLDEST, BY_NAME) else BEST,
        page=number_in(params, page_name, MOST_PAGES, 1),
        size=size,
    )


def number_in(params: QueryDict, name: str, most: int, usual: int) -> int:
    """A whole number from 1 to `most`. Raises BadRequest."""
    raw = params.get(name, str(usual))
    if not raw.isascii() or not raw.isdigit() or len(raw) > 6 or not 1 <= int(raw) <= most:
        raise BadRequest(f"bad_{name}", _("%(name)s phải là số từ 1 đến %(most)s.") % {"name": name, "most": most})
    return int(raw)
