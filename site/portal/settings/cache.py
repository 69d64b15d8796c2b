"""Caches: this process's memory, or what CACHE_URL names."""

from __future__ import annotations

from typing import Any

from .environment import env, refuse

# For example redis://host:6379/0.
CACHE_URL = env.str("CACHE_URL", default="")
if CACHE_URL and not CACHE_URL.startswith(("redis://", "rediss://")):
    raise refuse("CACHE_URL", "chỉ nhận redis://máy-chủ:6379/0 hoặc để trống.")
CACHES: dict[str, dict[str, Any]] = {
    "default": env.cache_url_config(CACHE_URL) if CACHE_URL else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "portal"}
}
if CACHE_URL:
    # A cache that hangs must cost a request a second, not its life.
    CACHES["default"].setdefault("OPTIONS", {}).update(SOCKET_TIMEOUT=1, SOCKET_CONNECT_TIMEOUT=1)
