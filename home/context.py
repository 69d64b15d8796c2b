"""What the frame of every page needs: navigation, imprint, languages. Lazy: a page without the frame pays nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page, Site

from .models import NavLink, SiteSettings


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html."""
    language = get_language() or settings.LANGUAGE_CODE
    navigation: Any = SimpleLazyObject(lambda: _navigation(request, language))
    return {
        "site_url": settings.SITE_URL,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
        "language_prefix": "" if language == settings.LANGUAGE_CODE else f"/{language}",
        "imprint": SimpleLazyObject(lambda: _imprint(request)),
        "nav_items": SimpleLazyObject(lambda: navigation["top"]),
        "footer_items": SimpleLazyObject(lambda: navigation["footer"]),
    }


def _imprint(request: HttpRequest) -> SiteSettings | None:
    site = Site.find_for_request(request)
    return SiteSettings.objects.filter(site=site).first() if site else None


def _navigation(request: HttpRequest, language: str) -> dict[str, list[dict[str, Any]]]:
    """{"top": [{title, url, is_current}], "footer": […]}: the linked pages in the reader's language, where they are live there. One query."""
    links = NavLink.objects.filter(page__translation_key=OuterRef("translation_key")).order_by("sort_order")
    pages = Page.objects.live().filter(translation_key__in=NavLink.objects.values("page__translation_key"), locale__language_code=language)
    pages = pages.annotate(place=Subquery(links.values("place")[:1]), nav_order=Subquery(links.values("sort_order")[:1]))
    found: dict[str, list[dict[str, Any]]] = {"top": [], "footer": []}
    for page in pages.select_related("locale").order_by("nav_order", "path"):
        url = page.get_url(request)
        found[page.place].append({"title": page.title, "url": url, "is_current": bool(url) and request.path.startswith(url)})
    return found
