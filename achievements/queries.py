"""Questions that several pages ask of the register."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.utils.formats import number_format

from .models.achievements import AchievementPage
from .models.honours import Honour, HonoureePage, HonourQuerySet


def counts_of(honours: HonourQuerySet) -> dict[str, int]:
    """How much a list of the register holds: {"total": 14, "honourees": 9, "annulled": 1}. One query."""
    annulled = Count("pk", filter=Q(annulled_on__isnull=False))
    return honours.order_by().aggregate(total=Count("pk"), honourees=Count("honouree", distinct=True), annulled=annulled)


def with_pages(honours: Iterable[Honour], locale_id: int) -> list[Honour]:
    """The same honours, each with `page`: its honouree's page in one language, or the Vietnamese one. One query, none for no honours.

    Honours belong to the Vietnamese page; translations are found by their key.
    """
    found = list(honours)
    keys = {honour.honouree.translation_key for honour in found if honour.honouree.locale_id != locale_id}
    pages = HonoureePage.objects.live().filter(withdrawn_on=None, locale=locale_id, translation_key__in=keys) if keys else []
    by_key = {page.translation_key: page for page in pages}
    for honour in found:
        honour.page = by_key.get(honour.honouree.translation_key, honour.honouree)  # type: ignore[attr-defined]
    return found


def card_facts(ids: list[int]) -> dict[int, dict[str, Any]]:
    """By id: the first figure of an achievement as its card shows it, "18,5 tấn/ha", and what it means. One query."""
    rows = AchievementPage.objects.filter(pk__in=ids).values_list("pk", "results")
    firsts = {pk: results[0].value for pk, results in rows if results}
    return {
        pk: {"figure": f"{number_format(first['value'], force_grouping=True)} {first['unit']}", "figure_meaning": first["meaning"]}
        for pk, first in firsts.items()
    }
