"""Caches: this process's memory, or what CACHE_URL names."""

from __future__ import annotations

from .environment import env

# For example redis://host:6379/0.
CACHE_URL = env.str("CACHE_URL", default="")
CACHES = {"default": env.cache_url_config(CACHE_URL) if CACHE_URL else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "portal"}}
