"""Best bets: pages that editors put on top of a search (Wagtail's promoted results), whatever the accents of the query."""

from __future__ import annotations

import time
from collections import defaultdict

from wagtail.contrib.search_promotions.models import SearchPromotion

from core.vietnamese import fold
from topics.models import ItemPage

from .understanding import Understood

LOOK_SECONDS = 40.0
MOST = 3
_kept: dict[str, tuple[float, dict[str, list[int]]]] = {}


def best_bets(query: Understood, language: str) -> list[ItemPage]:
    """Public items promoted for this query, in the editors' order. No query to the database where none is."""
    ids = _promoted().get(fold(query.text)) or _promoted().get(fold(query.typed)) or []
    if not ids:
        return []
    items = {item.pk: item for item in ItemPage.objects.public().in_language(language).for_list().filter(pk__in=ids)}
    return [items[page_id] for page_id in ids if page_id in items][:MOST]


def _promoted() -> dict[str, list[int]]:
    """Page ids by folded query, read anew every forty seconds."""
    now = time.monotonic()
    kept = _kept.get("all")
    if kept is None or now - kept[0] > LOOK_SECONDS:
        found: dict[str, list[int]] = defaultdict(list)
        for words, page_id in SearchPromotion.objects.filter(page__isnull=False).order_by("sort_order", "pk").values_list("query__query_string", "page_id"):
            found[fold(words)].append(page_id)
        kept = _kept["all"] = (now, dict(found))
    return kept[1]


def forget() -> None:
    """Read the promotions again at the next search."""
    _kept.clear()
