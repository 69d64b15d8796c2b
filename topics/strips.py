"""What the room puts on the home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from core.models import BasePage

from .models.places import Locality, LocalityKind


def choose_place(home_page: BasePage, request: HttpRequest) -> dict[str, Any] | None:
    """ "Xã, phường của bà con": the units that exist today in Vietnamese order; None before they are loaded. One query.

    {"localities": [{"value": "that-khe", "label": "Thất Khê"}]}
    """
    places = Locality.objects.standing().in_order()
    localities = [{"value": place.slug, "label": _option(place)} for place in places]
    return {"localities": localities} if localities else None


def _option(place: Locality) -> str:
    """The name first, as people look for it; wards say that they are one, for a commune may bear the same name."""
    if place.kind != LocalityKind.WARD:
        return place.label
    return gettext("%(name)s (phường)") % {"name": place.label}
