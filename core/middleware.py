"""What every request and response passes through."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from csp.constants import HEADER as CSP_HEADER
from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

Next = Callable[[HttpRequest], HttpResponse]

ADMIN_PREFIX = "/quan-tri/"
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"
# An upload is never a page of ours, whatever it holds: it runs nothing and knows no cookie.
UPLOAD_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
# A file that is replaced gets another name; a name comes back only when a file is deleted and sent again.
UPLOAD_CACHE = "public, max-age=604800"


class CompressText(GZipMiddleware):
    """Pages, feeds and data travel compressed, for a weak signal; files stay as they are, static ones were compressed when collected.

    Django's own, which hides the length of what is secret (BREACH), kept away from streams: a picture or a PDF only grows.
    """

    TYPES = ("text/", "application/json", "application/ld+json", "application/xml", "application/rss+xml", "application/atom+xml")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(self.TYPES):
            return response
        return super().process_response(request, response)


class RefuseBrokenText:
    """Answers 400 to an address or query that no browser sends by itself: NUL, broken UTF-8, or an endless one.

    Databases raise on a NUL; here it is refused once, with a page that offers a way on.
    """

    LONGEST_QUERY = 12_000

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or self._is_broken(query) or len(query) > self.LONGEST_QUERY * 9:
            return render(request, "400.html", status=400)
        return self.get_response(request)

    @staticmethod
    def _is_broken(query: str) -> bool:
        """Whether a query has a NUL; broken UTF-8 becomes U+FFFD in Django and harms nothing."""
        return "%00" in query or b"\x00" in unquote_to_bytes(query)


class SecurityHeaders:
    """Headers that Django does not set itself, and the admin's own, wider content policy.

    Wagtail's admin needs inline styles and evaluates its templates; public pages get the strict policy of the settings.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(ADMIN_PREFIX):
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
                "style-src": [SELF, UNSAFE_INLINE],
                "img-src": [SELF, "data:", "blob:"],
                "frame-src": [SELF],
                "worker-src": [SELF, "blob:"],
            }
            response.headers.setdefault("Cache-Control", "no-store, private")
        elif request.path.startswith(settings.MEDIA_URL):
            response.headers[CSP_HEADER] = UPLOAD_POLICY
            if response.status_code == HTTPStatus.OK:
                response.headers.setdefault("Cache-Control", UPLOAD_CACHE)
        return response
