"""The tag that shows a picture of the library."""

from __future__ import annotations

from typing import Any

from django import template

from core.pictures import describe

register = template.Library()


@register.inclusion_tag("components/picture.html")
def show_picture(image: Any, alt: str, place: str = "column", css: str = "picture", *, is_first: bool = False, is_wide: bool = False) -> dict[str, Any]:
    """A picture with its words; nothing where there is no picture.

    `place`: a key of core.pictures.PLACES. `is_first`: the picture of the first screen, fetched before others. `is_wide`: cut to 16:10
    around its focal point. See core.pictures.describe for the cost.
    """
    return {"picture": describe(image, place, is_wide=is_wide) if image else None, "has_picture": bool(image), "alt": alt, "css": css, "is_first": is_first}
