"""What the room puts on the home page."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import time_format

from core.models import BasePage

from .models import EventPage

SHOWN = 3


def next_events(home_page: BasePage, request: HttpRequest) -> dict[str, Any] | None:
    """The next events that are not over, the soonest first; None when there is none. One query; the venue says where.

    {"events": [event as item_card takes it …], "url": "/su-kien/"}
    """
    ahead = EventPage.objects.public().filter(locale=home_page.locale_id).for_list()
    ahead = ahead.annotate(over_at=Coalesce("ends_at", "starts_at")).filter(over_at__gte=timezone.now())
    events = [_card(event) for event in ahead.order_by("starts_at", "pk")[:SHOWN]]
    return {"events": events, "url": f"{home_page.get_url(request)}su-kien/"} if events else None


def _card(event: EventPage) -> dict[str, Any]:
    """An event for the home page: a leaf of the calendar, the hour and the place."""
    hour = time_format(timezone.localtime(event.starts_at), "H:i")
    return {
        "url": event.url,
        "title": event.title,
        "summary": ", ".join(part for part in (hour, event.venue) if part),
        "day": event.starts_at,
        "is_sample": event.is_sample,
    }
