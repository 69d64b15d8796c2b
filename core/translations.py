"""The same address in the other languages, for views that exist in all of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def strip_language(path: str) -> str:
    """The path without its language prefix: "/en/tim-kiem/" → "/tim-kiem/"."""
    first = path.split("/", 2)[1] if path.count("/") > 1 else ""
    is_prefix = first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE
    return path[len(first) + 1 :] if is_prefix else path


def in_language(path: str, language: str) -> str:
    """The path with the prefix of one language; Vietnamese has none."""
    bare = strip_language(path)
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"


def language_entries(addresses: dict[str, str]) -> list[dict[str, Any]]:
    """What the switcher and hreflang show of {language code: path}: {code, name, url, is_current}, in the settings' order."""
    current = get_language()
    return [{"code": code, "name": name, "url": addresses[code], "is_current": code == current} for code, name in settings.LANGUAGES if code in addresses]


def other_languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Entries of this view in every language, this one included; the query string is left out."""
    return language_entries({code: in_language(request.path, code) for code, _name in settings.LANGUAGES})
