"""Search: Wagtail's database backend serves the admin until the room `search` brings its own engines."""

from __future__ import annotations

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": True}}
