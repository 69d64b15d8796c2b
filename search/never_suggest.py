"""Words that no suggestion may contain, as editors keep them; read anew every forty seconds."""

from __future__ import annotations

import re
import time

from core.vietnamese import fold

from .models import NeverSuggest

LOOK_SECONDS = 40.0
_kept: dict[str, tuple[float, re.Pattern[str] | None]] = {}


def is_never_suggested(text: str) -> bool:
    """Whether the text contains such words, accents or not."""
    pattern = _pattern()
    return bool(pattern and pattern.search(fold(text)))


def _pattern() -> re.Pattern[str] | None:
    now = time.monotonic()
    kept = _kept.get("words")
    if kept is None or now - kept[0] > LOOK_SECONDS:
        words = [re.escape(folded) for folded in NeverSuggest.objects.values_list("folded", flat=True) if folded]
        kept = _kept["words"] = (now, re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") if words else None)
    return kept[1]


def forget() -> None:
    """Read the words again at the next suggestion."""
    _kept.clear()
