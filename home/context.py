"""What the frame of every page needs: navigation, imprint, languages. Lazy: a page without the frame pays nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page, Site

from .models import NavLink, SiteSettings


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html."""
    language = get_language() or settings.LANGUAGE_CODE
    rows: Any = SimpleLazyObject(lambda: _frame_rows(request, language))
    return {
        "site_url": settings.SITE_URL,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
        "language_prefix": "" if language == settings.LANGUAGE_CODE else f"/{language}",
        "imprint": SimpleLazyObject(lambda: rows["imprint"]),
        "nav_items": SimpleLazyObject(lambda: rows["top"]),
        "footer_items": SimpleLazyObject(lambda: rows["footer"]),
    }


IMPRINT = ("owner", "publisher", "licence", "responsible", "hotline", "email", "address", "is_sample")


def _frame_rows(request: HttpRequest, language: str) -> dict[str, Any]:
    """{"top": [{title, url, is_current}], "footer": […], "imprint": {owner, publisher …} or None}: the linked pages in the reader's
    language, where they are live there, and the imprint. One query: the imprint rides along with the links, for every page pays for this."""
    site = Site.find_for_request(request)
    imprint = SiteSettings.objects.filter(site=site)
    links = NavLink.objects.filter(page__translation_key=OuterRef("translation_key")).order_by("sort_order")
    pages = Page.objects.live().filter(translation_key__in=NavLink.objects.values("page__translation_key"), locale__language_code=language)
    pages = pages.annotate(
        place=Subquery(links.values("place")[:1]),
        nav_order=Subquery(links.values("sort_order")[:1]),
        imprint=Subquery(imprint.values(fields=JSONObject(**{name: name for name in IMPRINT}))[:1], output_field=JSONField()),
    )
    found: dict[str, Any] = {"top": [], "footer": [], "imprint": None}
    linked = list(pages.select_related("locale").order_by("nav_order", "path"))
    for page in linked:
        url = page.get_url(request)
        found[page.place].append({"title": page.title, "url": url, "is_current": bool(url) and request.path.startswith(url)})
    found["imprint"] = linked[0].imprint if linked else imprint.values(*IMPRINT).first()
    return found
