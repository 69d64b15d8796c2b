"""Addresses of the site (product.md §7). What is not named here is a page of the tree."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core import health, share_cards
from opendata import views as opendata_views
from topics import urls as topic_urls

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", opendata_views.robots, name="robots"),
    path("sitemap.xml", opendata_views.sitemap_index, name="sitemap_index"),
    path("sitemap-<section>.xml", opendata_views.sitemap_section, name="sitemap_section"),
    path("the-chia-se/<int:page_id>-<slug:digest>.png", share_cards.serve, name="share_card"),
    path("api/", include("search.api_urls")),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("styleguide/", include("core.styleguide.urls")),
]

if settings.STORAGES["default"]["BACKEND"] == "django.core.files.storage.FileSystemStorage":
    # One machine without a web server in front; behind one, it takes /media/ itself.
    urlpatterns.append(re_path(r"^media/(?P<path>(?!documents/).*)$", serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("tim-kiem/", include("search.urls")),
    path("", include(topic_urls)),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.page_not_found"
handler500 = "core.errors.server_error"
