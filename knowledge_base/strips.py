"""What the room puts on the home page."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core.models import BasePage
from topics.queries import badges_of

from .models import GuidePage

MOST_TASKS = 4
# Sources stand in the guide itself; here they would hide the days.
_CITATION = re.compile(r"\s*\([^()]*\)")


def season(home_page: BasePage, request: HttpRequest) -> dict[str, Any] | None:
    """ "Tháng N, bà con làm gì": guides of this month in the page's language, newest first; None if there is none. Two queries.

    {"month": 11, "tasks": [{"product", "title", "url", "note"}]}
    """
    month = timezone.localdate().month
    guides = GuidePage.objects.public().filter(locale=home_page.locale_id, months__month=month).select_related("content_type", "locale")
    shown = list(guides.order_by("-first_published_at", "-pk")[:MOST_TASKS])
    if not shown:
        return None
    products = badges_of([guide.pk for guide in shown], keys=("product",))
    return {"month": month, "tasks": [_task(guide, products.get(guide.pk, {}).get("product", [])) for guide in shown]}


def _task(guide: GuidePage, products: list[Any]) -> dict[str, Any]:
    return {"product": products[0].label if products else "", "title": guide.title, "url": guide.get_url(), "note": _CITATION.sub("", guide.duration)}
