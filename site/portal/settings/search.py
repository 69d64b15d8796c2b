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

# A key instead of name and password in the address; the file of certificates where the cluster has its own authority.
SEARCH_API_KEY = env.str("SEARCH_API_KEY", default="")
SEARCH_CA_CERTS = env.str("SEARCH_CA_CERTS", default="")
# Pieces of each index, and further copies of each piece. docs/search.md says how many.
SEARCH_SHARDS = env.int("SEARCH_SHARDS", default=1)
SEARCH_REPLICAS = env.int("SEARCH_REPLICAS", default=1)
if not (1 <= SEARCH_SHARDS <= 64 and 0 <= SEARCH_REPLICAS <= 8):
    raise refuse("SEARCH_SHARDS", "SEARCH_SHARDS từ 1 đến 64, SEARCH_REPLICAS từ 0 đến 8.")

WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "search.backends.embedded", "AUTO_UPDATE": True}}
if SEARCH_URL:
    client = {"api_key": SEARCH_API_KEY} if SEARCH_API_KEY else {}
    WAGTAILSEARCH_BACKENDS["default"] = {
        "BACKEND": "search.backends.elasticsearch",
        "AUTO_UPDATE": True,
        "URLS": [url.strip() for url in SEARCH_URL.split(",")],
        "INDEX_PREFIX": SEARCH_PREFIX,
        "TIMEOUT": SEARCH_TIMEOUT,
        "INDEX_SETTINGS": {"number_of_shards": SEARCH_SHARDS, "number_of_replicas": SEARCH_REPLICAS},
        "OPTIONS": client | ({"ca_certs": SEARCH_CA_CERTS} if SEARCH_CA_CERTS else {}),
    }
