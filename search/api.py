"""/api/search and /api/suggest: the same search for programs, as openapi.yaml describes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache as remember
from functools import wraps
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.vietnamese import normalise

from .asking import LARGEST_SIZE, BadRequest, asked_for, number_in
from .engine import EngineDown
from .guard import EngineBusy
from .limits import seconds_to_wait
from .presenting import present
from .site_search import search
from .suggesting import suggest

SEARCHES_A_MINUTE = 60
SUGGESTIONS_A_MINUTE = 240
SEARCH_SECONDS, SUGGEST_SECONDS = 30, 300
LONGEST_SUGGESTED = 100
OPENAPI = Path(__file__).parent / "data" / "openapi.yaml"

View = Callable[[HttpRequest], HttpResponse]


def _limited(what: str, most: int) -> Callable[[View], View]:
    """Answer 429 with Retry-After to who asks too often, and every failure as JSON."""

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def limited(request: HttpRequest) -> HttpResponse:
            with translation.override(_language(request)):
                wait = seconds_to_wait(request, what, most)
                if wait:
                    return _error("too_many_requests", _("Hỏi nhiều quá. Thử lại sau %(seconds)s giây.") % {"seconds": wait}, 429, wait)
                try:
                    return view(request)
                except BadRequest as error:
                    return _error(error.code, str(error), 400)
                except EngineBusy:
                    return _error("busy", _("Đang có nhiều người tìm. Thử lại sau vài giây."), 503, 5)
                except EngineDown:
                    return _error("search_down", _("Máy tìm đang nghỉ. Thử lại sau ít phút."), 503, 60)

        return limited

    return decorate


def _language(request: HttpRequest) -> str:
    asked = str(request.GET.get("lang", settings.LANGUAGE_CODE))
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _checked_language(request: HttpRequest) -> str:
    if request.GET.get("lang", settings.LANGUAGE_CODE) not in dict(settings.LANGUAGES):
        raise BadRequest("bad_lang", _("lang nhận một trong: %(codes)s.") % {"codes": ", ".join(dict(settings.LANGUAGES))})
    return _language(request)


def _error(code: str, message: str, status: int, wait: int = 0) -> JsonResponse:
    response = _json({"error": {"code": code, "message": message}}, status)
    patch_cache_control(response, no_store=True)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def _json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@_limited("search", SEARCHES_A_MINUTE)
def search_view(request: HttpRequest) -> HttpResponse:
    """`/api/search?q=&lang=&page=&size=` and the parameters of the results page."""
    language = _checked_language(request)
    if not request.GET.get("q", "").strip():
        raise BadRequest("missing_q", _("Thiếu q: từ cần tìm."))
    size = number_in(request.GET, "size", LARGEST_SIZE, 20)
    asked = asked_for(request.GET, language, page_name="page", size=size)
    response = _json(present(search(asked), asked).as_json())
    patch_cache_control(response, public=True, max_age=SEARCH_SECONDS)
    return response


@_limited("suggest", SUGGESTIONS_A_MINUTE)
def suggest_view(request: HttpRequest) -> HttpResponse:
    """`/api/suggest?q=`: what may complete the words typed so far."""
    language = _checked_language(request)
    typed = " ".join(normalise(request.GET.get("q", ""))[:LONGEST_SUGGESTED].split())
    key = f"search-suggest:{language}:{typed.casefold().encode().hex()[:200]}"
    found = cache.get(key)
    if found is None:
        found = [suggestion.as_json() for suggestion in suggest(typed, language)]
        cache.set(key, found, 30)
    response = _json({"suggestions": found})
    patch_cache_control(response, public=True, max_age=SUGGEST_SECONDS)
    return response


@remember
def openapi() -> dict[str, Any]:
    """The description of both, in OpenAPI 3.1."""
    return yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))


@require_safe
def openapi_view(request: HttpRequest) -> HttpResponse:
    """`/api/openapi.json`."""
    response = _json(openapi() | {"servers": [{"url": settings.SITE_URL}]})
    patch_cache_control(response, public=True, max_age=3600)
    return response
