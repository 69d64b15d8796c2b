"""Questions that several pages ask of events."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from .models import EventPage


def card_facts(ids: list[int]) -> dict[int, dict[str, Any]]:
    """By id: the day of an event for the leaf on its card, and whether it is over. One query."""
    now = timezone.now()
    rows = EventPage.objects.filter(pk__in=ids).values_list("pk", "starts_at", "ends_at")
    return {pk: {"day": timezone.localtime(starts_at), "is_over": (ends_at or starts_at) < now} for pk, starts_at, ends_at in rows}
