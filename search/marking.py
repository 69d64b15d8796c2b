"""Showing why a result was found: the words of the query marked in title and summary, accents or not."""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.vietnamese import fold, normalise

SNIPPET = 220
# How much stands before the first match when a text is cut.
BEFORE = 60
_WORD = re.compile(r"\w+")


def marked(text: str, query: str) -> SafeString:
    """The text as HTML with the query's words in <mark>; words side by side share one mark.

    A word typed with accents marks that word; without accents, or where it does not occur so, every word that folds to it.
    """
    text = normalise(text)
    parts: list[str] = []
    end = 0
    for start, stop in _runs(text, query):
        parts += [escape(text[end:start]), f"<mark>{escape(text[start:stop])}</mark>"]
        end = stop
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - every part is escaped above


def snippet(text: str, query: str, length: int = SNIPPET) -> SafeString:
    """About `length` characters around the first match, cut between words, marked."""
    text = normalise(text)
    if len(text) <= length:
        return marked(text, query)
    first = next((start for start, _stop in _runs(text, query)), 0)
    begin = text.find(" ", first - BEFORE) + 1 if first > BEFORE else 0
    piece = text[begin : begin + length]
    if begin + length < len(text):
        piece = piece.rsplit(" ", 1)[0].rstrip(" .,;:") + "…"
    return marked(f"…{piece}" if begin else piece, query)


def _runs(text: str, query: str) -> list[tuple[int, int]]:
    """Stretches of matching words as (start, end); a stretch goes on over spaces and hyphens."""
    words = [(match.start(), match.end(), match.group().lower()) for match in _WORD.finditer(text)]
    present = {word for _start, _stop, word in words}
    exact, folded = set(), set()
    for word in _WORD.findall(normalise(query).lower()):
        if word != fold(word) and word in present:
            exact.add(word)
        else:
            folded.add(fold(word))
    runs: list[tuple[int, int]] = []
    for start, stop, word in words:
        if word not in exact and fold(word) not in folded:
            continue
        if runs and not text[runs[-1][1] : start].strip(" -–"):
            runs[-1] = (runs[-1][0], stop)
        else:
            runs.append((start, stop))
    return runs
