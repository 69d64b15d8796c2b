"""How often one visitor may ask. Counted by address and minute in the cache, as a mark that nobody can turn back; kept for that minute."""

from __future__ import annotations

import hashlib
import hmac
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 60


def seconds_to_wait(request: HttpRequest, what: str, most: int) -> int:
    """0 while the visitor may ask; else how many seconds until the next window."""
    now = int(time.time())
    window = now // WINDOW_SECONDS
    who = hmac.new(settings.SECRET_KEY.encode(), request.META.get("REMOTE_ADDR", "").encode(), hashlib.sha256).hexdigest()[:24]
    key = f"search-limit:{what}:{window}:{who}"
    cache.add(key, 0, WINDOW_SECONDS * 2)
    try:
        count = cache.incr(key)
    except ValueError:
        # Dropped between the two: the cache is full or restarted.
        return 0
    return 0 if count <= most else (window + 1) * WINDOW_SECONDS - now
