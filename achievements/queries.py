"""Questions that several pages ask of the register."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q

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
