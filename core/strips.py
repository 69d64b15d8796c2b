"""Strips of the home page: each room registers its own, so that the home page imports none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

    from core.models import BasePage


@dataclass(frozen=True, slots=True)
class Strip:
    """One strip: where it stands, its template, and what fills it (None: nothing to show, the strip is left out)."""

    order: int
    template: str
    context: Callable[..., dict[str, Any] | None]


# Strips with a lower order stand side by side at the top of the home page: what a person can do now.
FIRST_BELOW = 25

_strips: list[Strip] = []


def register(order: int, template: str, context: Callable[..., dict[str, Any] | None]) -> None:
    """Add a strip; called in a room's AppConfig.ready. `context(home_page, request)` costs a constant number of queries."""
    _strips.append(Strip(order, template, context))


def strips_for(home_page: BasePage, request: HttpRequest) -> list[dict[str, Any]]:
    """The strips to show, in order, as {template, data, is_top}."""
    shown = []
    for strip in sorted(_strips, key=lambda strip: strip.order):
        data = strip.context(home_page, request)
        if data is not None:
            shown.append({"template": strip.template, "data": data, "is_top": strip.order < FIRST_BELOW})
    return shown
