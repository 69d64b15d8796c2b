"""robots.txt and the sitemap."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site

from knowledge_base.models import Term
from topics.models import ItemPage
from topics.models.taxonomies import topic_url
from topics.queries import TAXONOMIES


class PortalSitemap(Sitemap):
    """Addresses carry the site's own protocol and host."""

    limit = 5000

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        scheme, _separator, host = settings.SITE_URL.partition("://")
        named: Any = SimpleNamespace(domain=host, name=host)
        return super().get_urls(page=page, site=named, protocol=scheme)


class PageSitemap(PortalSitemap):
    """Live, public pages that are not withdrawn, in every language. Two queries a sheet."""

    def items(self) -> QuerySet[Page]:
        roots = Page.objects.filter(translation_key__in=Site.objects.values("root_page__translation_key"))
        withdrawn = ItemPage.objects.exclude(withdrawn_on=None).values("pk")
        paths = [root.path for root in roots]
        pages = Page.objects.live().public().exclude(pk__in=withdrawn).select_related("locale").order_by("path")
        return pages.filter(path__regex=f"^({'|'.join(paths)})") if paths else pages.none()

    def location(self, page: Page) -> str:
        return page.get_url() or "/"

    def lastmod(self, page: Page) -> Any:
        return page.last_published_at


class TopicSitemap(PortalSitemap):
    """Pages of taxonomy values in every language."""

    def items(self) -> list[str]:
        languages = [code for code, _name in settings.LANGUAGES]
        pairs = [(model.segment, slug) for model in TAXONOMIES for slug in model._default_manager.order_by("sort_key").values_list("slug", flat=True)]
        return [topic_url(segment, slug, language) for segment, slug in pairs for language in languages]

    def location(self, address: str) -> str:
        return address


class TermSitemap(PortalSitemap):
    """Terms."""

    def items(self) -> QuerySet[Term]:
        return Term.objects.select_related("locale").order_by("sort_key", "pk")


SITEMAPS = {"trang": PageSitemap, "phan-loai": TopicSitemap, "thuat-ngu": TermSitemap}


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: the index of sheets, at the site's own address whatever host was asked."""
    response = sitemap_views.index(request, SITEMAPS, sitemap_url_name="sitemap_section")
    for sheet in (response.context_data or {})["sitemaps"]:
        sheet.location = urlsplit(sheet.location)._replace(scheme="", netloc="").geturl()
        sheet.location = f"{settings.SITE_URL}{sheet.location}"
    return response


def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One sheet; `?p=` turns it. Unknown: 404."""
    return sitemap_views.sitemap(request, SITEMAPS, section=section)


def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: everything but the admin and results of searches."""
    lines = [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /tim-kiem/",
        "Disallow: /en/tim-kiem/",
        "Disallow: /api/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
