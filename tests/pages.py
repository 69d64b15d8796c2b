"""Reading a page as a visitor does, and what it costs."""

from __future__ import annotations

import html
import re
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# What every page may cost without any cache (the bar).
MOST_QUERIES = 20


def words_of(response: Any, inside: str = "body") -> str:
    """The visible words of the page or of one of its elements, white space single."""
    found = re.search(rf"<{inside}\b.*?</{inside}>", response.content.decode(), re.DOTALL)
    assert found, f"no <{inside}> in the page"
    return words_in(found.group())


def words_in(fragment: str) -> str:
    """The visible words of a piece of HTML, white space single."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", fragment, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def part_of(response: Any, opening: str, element: str) -> str:
    """The HTML from an opening such as '<nav class="breadcrumb' to the end of its element."""
    found = re.search(rf"{re.escape(opening)}.*?</{element}>", response.content.decode(), re.DOTALL)
    assert found, f"no {opening} in the page"
    return found.group()


def links_of(fragment: str) -> list[str]:
    """Addresses of the links in a piece of HTML, in order."""
    return [html.unescape(address) for address in re.findall(r'href="([^"#][^"]*)"', fragment)]


def titles_of(response: Any) -> list[str]:
    """Titles of the items that a list shows, in order."""
    found = re.findall(r'class="item-card__title"><a [^>]*>(.*?)</a>', response.content.decode(), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", title)) for title in found]


def queries_of(client: Client, address: str) -> int:
    """Queries of one visit with every cache empty; what the first visit makes for good (the sizes of a picture) is made."""
    client.get(address)
    for name in settings.CACHES:
        caches[name].clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
