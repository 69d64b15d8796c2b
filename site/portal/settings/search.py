"""Search: the embedded engine under DATA_DIR, or the Elasticsearch that SEARCH_URL names."""

from __future__ import annotations

from typing import Any

from .environment import env, refuse

# For example https://name:password@host:9200; several hosts separated by commas. Unset: the embedded engine.
SEARCH_URL = env.str("SEARCH_URL", default="")
if SEARCH_URL and not all(url.strip().startswith(("http://", "https://")) for url in SEARCH_URL.split(",")):
    raise refuse("SEARCH_URL", "chỉ nhận http(s)://máy-chủ:9200, nhiều máy cách nhau bằng dấu phẩy, hoặc để trống.")

# Before the names of the indexes, where several sites share a cluster.
SEARCH_PREFIX = env.str("SEARCH_PREFIX", default="portal_")

# Seconds that one question to the engine may take.
SEARCH_TIMEOUT = env.float("SEARCH_TIMEOUT", default=2.0)
if not 0 < SEARCH_TIMEOUT <= 60:
    raise refuse("SEARCH_TIMEOUT", "số giây, lớn hơn 0 và không quá 60.")

WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "search.backends.embedded", "AUTO_UPDATE": True}}
