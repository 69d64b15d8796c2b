"""First segments that belong to the site's own views (product.md §7): no page may take them."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Depth of home pages in the tree: the root is 1.
HOME_DEPTH = 2

_VIEWS = {
    "linh-vuc",
    "ky-thuat",
    "san-pham",
    "dia-ban",
    "doi-tuong",
    "tim-kiem",
    "du-lieu",
    "rss",
    "atom",
    "sitemap.xml",
    "robots.txt",
    "healthz",
    "readyz",
    "quan-tri",
    "api",
    "media",
    "static",
    "documents",
    "styleguide",
    "the-chia-se",
    "_quan-tri-django",
    "_util",
}
# Sections that later parts of the site bring; kept free for them.
_LATER = {"dinh-chinh", "canh-bao", "cuoc-thi"}
# Segments under every section that are its feeds.
FEED_SEGMENTS = frozenset({"rss", "atom"})


def reserved_first_segments() -> frozenset[str]:
    """Slugs that no page directly under a home page may have, language prefixes included."""
    return frozenset(_VIEWS | _LATER | {code for code, _name in settings.LANGUAGES})


def check_slug(slug: str, parent_depth: int | None, field: str = "slug") -> None:
    """Refuse a slug that belongs to the site's own views.

    Raises ValidationError on `field`. `parent_depth` None: the page has no place yet, nothing to check.
    """
    if parent_depth == HOME_DEPTH and slug in reserved_first_segments():
        raise ValidationError({field: _("“%(slug)s” là đường dẫn của hệ thống. Hãy chọn đường dẫn khác.") % {"slug": slug}})
    if parent_depth is not None and parent_depth > HOME_DEPTH and slug in FEED_SEGMENTS:
        raise ValidationError({field: _("“%(slug)s” là địa chỉ nguồn tin của mục. Hãy chọn đường dẫn khác.") % {"slug": slug}})
