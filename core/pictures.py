"""How a page shows a picture: a drawing as it is, a photograph in the formats and sizes that fit the screen.

Widths are few and the same everywhere, so that each is made once and found in one query (`prefetch`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images.models import AbstractRendition

from core.models.media import PortalImage, PortalRendition

logger = logging.getLogger(__name__)

WIDTHS = (480, 960, 1440)
# Smallest first: a browser takes the first that it knows. The last is for those that know neither.
FORMATS = (("avif", "image/avif"), ("webp", "image/webp"))
FALLBACK_WIDTH = 960
FALLBACK = "format-jpeg|bgcolor-ffffff"
# Where a picture stands and how wide it is there; the columns of static/css/layout.css.
PLACES = {
    "column": "(min-width: 60rem) 38rem, (min-width: 48rem) calc(100vw - 22rem), calc(100vw - 2rem)",
    "step": "(min-width: 60rem) 34.75rem, (min-width: 48rem) calc(100vw - 25.25rem), calc(100vw - 2rem)",
    "aside": "(min-width: 48rem) 20rem, calc(100vw - 2rem)",
}
SHARE_CARD = "fill-1200x630|format-jpeg|bgcolor-ffffff"


def size_of(width: int, is_wide: bool) -> str:
    """The filter of one width: the whole picture, or 16:10 cut around the focal point that an editor set."""
    return f"fill-{width}x{width * 10 // 16}" if is_wide else f"width-{width}"


def widths_of(image: PortalImage) -> list[int]:
    """Widths worth making: up to the first that the file itself does not exceed."""
    return [width for number, width in enumerate(WIDTHS) if number == 0 or WIDTHS[number - 1] < image.width]


def specs_of(image: PortalImage, *, is_wide: bool) -> list[str]:
    """Filters of one photograph: every width in every format, smallest format first, then the fallback."""
    sizes = [size_of(width, is_wide) for width in widths_of(image)]
    return [f"{size}|format-{extension}" for extension, _mime in FORMATS for size in sizes] + [f"{size_of(FALLBACK_WIDTH, is_wide)}|{FALLBACK}"]


def all_specs() -> Iterator[str]:
    """Every filter that a page may ask for."""
    yield SHARE_CARD
    for is_wide in (False, True):
        for width in WIDTHS:
            for extension, _mime in FORMATS:
                yield f"{size_of(width, is_wide)}|format-{extension}"
        yield f"{size_of(FALLBACK_WIDTH, is_wide)}|{FALLBACK}"


SPECS = tuple(all_specs())


def make_sizes(image: PortalImage) -> None:
    """Make every size that a page may ask of a photograph and that is not there yet; a damaged file is left alone."""
    if image.is_svg():
        return
    specs = [spec for is_wide in (False, True) for spec in specs_of(image, is_wide=is_wide)]
    try:
        image.get_renditions(*specs)
    except OSError:
        logger.warning("Không đọc được ảnh %s.", image.pk, exc_info=True)


def prefetch(images: Iterable[PortalImage | None]) -> None:
    """Bring along what is already made of these pictures, in one query; none when all are drawings."""
    photographs = [image for image in images if image and not image.is_svg() and not hasattr(image, "prefetched_renditions")]
    if photographs:
        made = PortalRendition.objects.filter(filter_spec__in=SPECS)
        prefetch_related_objects(photographs, Prefetch("renditions", queryset=made, to_attr="prefetched_renditions"))


def describe(image: PortalImage, place: str = "column", *, is_wide: bool = False) -> dict[str, Any] | None:
    """What components/picture.html needs: {url, width, height, sources: [{mime, srcset}], sizes}; None for a broken file.

    One query for a photograph whose sizes are not prefetched, none for a drawing. The first visitor waits while sizes are made.
    """
    if image.is_svg():
        # A drawing's frame may be broken numbers; an attribute takes whole ones.
        return {"url": image.file.url, "width": round(image.width), "height": round(image.height), "sources": [], "sizes": ""}
    *specs, last = specs_of(image, is_wide=is_wide)
    try:
        made = image.get_renditions(*specs, last)
    except OSError:
        # Gone or damaged: the page shows its words instead.
        logger.warning("Không đọc được ảnh %s.", image.pk, exc_info=True)
        return None
    sources = [{"mime": mime, "srcset": _srcset(made[spec] for spec in specs if spec.endswith(extension))} for extension, mime in FORMATS]
    return {"url": made[last].url, "width": made[last].width, "height": made[last].height, "sources": sources, "sizes": PLACES[place]}


def _srcset(renditions: Iterable[AbstractRendition]) -> str:
    """`address 480w, address 960w`; a width that occurs twice is said once."""
    by_width = {rendition.width: rendition.url for rendition in renditions}
    return ", ".join(f"{url} {width}w" for width, url in by_width.items())
