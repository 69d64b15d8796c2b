"""What the room puts on the home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from core.models import BasePage

from .models import Honour
from .queries import with_pages

SHOWN = 3


def newest_honours(home_page: BasePage, request: HttpRequest) -> dict[str, Any] | None:
    """The newest honours that stand, one a honouree's line of certificate; None when there is none. Two queries at most.

    {"honours": [honour with its page …], "url": "/ton-vinh/"}
    """
    honours = with_pages(Honour.objects.public().standing().for_register()[:SHOWN], home_page.locale_id)
    return {"honours": honours, "url": f"{home_page.get_url(request)}ton-vinh/"} if honours else None
