"""Showing why a result was found: its words marked in title and text, accents kept, and the piece of the text where most of them stand."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.vietnamese import fold, normalise

from .analysis import keys_of, tokens
from .syllables import I_OR_Y, spelled
from .synonyms import Thesaurus
from .understanding import Understood, Word, understand

SNIPPET = 220
# How much stands before the first match when a text is cut.
BEFORE = 60
_JOINING = " -–"
# Between two pieces of a page, such as a heading and its text.
_BREAK = re.compile(r"(?<![.!?…:;,])\s*\n\s*")


def _bare_letters() -> dict[int, str]:
    """Letters with their marks → without, one for one: a text keeps its offsets."""
    table = {}
    for code in range(0xC0, 0x1EFF):
        character = chr(code)
        bare = fold(character)
        if character.isalpha() and len(bare) == 1 and bare.isascii():
            table[code] = bare
    return table


_BARE = _bare_letters()


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the text that the query asks for; `word` says which."""

    start: int
    end: int
    word: int


class Marker:
    """Marks texts for one query: words as typed, words that were meant, other words that say the same."""

    def __init__(self, query: Understood, thesaurus: Thesaurus | None = None) -> None:
        self.sought: dict[str, set[tuple[str | None, int]]] = {}
        for place, word in enumerate(query.words):
            self._seek(word.folded, word, place)
            for other in query.alternatives.get(place, ()):
                self.sought.setdefault(other, set()).add((None, place))
        self.phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for span in thesaurus.spans(query) if thesaurus else []:
            for phrase in span.others:
                self.phrases.setdefault(phrase[0], []).append((phrase, span.start))
        inside = {keys_of(key)[1] for phrases in self.phrases.values() for phrase, _place in phrases for key in phrase}
        self.pattern = _pattern({*self.sought, *inside})

    def _seek(self, folded: str, word: Word, place: int) -> None:
        self.sought.setdefault(folded, set()).add((None if word.is_bare else word.accented, place))

    def marked(self, text: str) -> SafeString:
        """The text as HTML with what is asked for in <mark>; words side by side share one mark."""
        text = normalise(text)
        return _html(text, _runs(text, self.matches(text)))

    def snippet(self, text: str, length: int = SNIPPET) -> SafeString:
        """About `length` characters where most of the words stand, cut between words, marked."""
        text = " ".join(_BREAK.sub(" · ", normalise(text).strip()).split())
        matches = self.matches(text)
        if len(text) <= length:
            return _html(text, _runs(text, matches))
        first = _best_start(matches, length)
        begin = text.find(" ", first - BEFORE) + 1 if first > BEFORE else 0
        end = begin + length
        if end < len(text):
            end = max(text.rfind(" ", begin, end), begin + length // 2)
        piece = text[begin:end].rstrip(" .,;:") if end < len(text) else text[begin:]
        inside = [Match(match.start - begin, match.end - begin, match.word) for match in matches if match.start >= begin and match.end <= begin + len(piece)]
        shown = _html(piece, _runs(piece, inside))
        return mark_safe(f"{'…' if begin else ''}{shown}{'…' if end < len(text) else ''}")  # noqa: S308 - made of escaped parts

    def matches(self, text: str) -> list[Match]:
        """Words of the text that are asked for, in order.

        A word typed with accents matches itself; where the text has it nowhere so, every word that folds to it.
        """
        if self.pattern is None:
            return []
        found: list[tuple[int, int, str, str]] = []
        for start, end, folded in self._candidates(text):
            found.append((start, end, folded, keys_of(text[start:end])[0]))
        present = {accented for _start, _end, _folded, accented in found}
        matches: list[Match] = []
        for index, (start, end, folded, accented) in enumerate(found):
            for wanted, place in self.sought.get(folded, ()):
                if wanted is None or wanted == accented or wanted not in present:
                    matches.append(Match(start, end, place))
                    break
            for phrase, place in self.phrases.get(accented, ()):
                run = found[index : index + len(phrase)]
                if tuple(other[3] for other in run) == phrase and _are_side_by_side(text, run):
                    matches += [Match(other[0], other[1], place) for other in run]
        return sorted(set(matches), key=lambda match: (match.start, match.end))

    def _candidates(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Words of the text that may be meant. One pass of a pattern over the text without its marks."""
        assert self.pattern is not None
        bare = text.lower()
        if len(bare) != len(text) or not unicodedata.is_normalized("NFC", text):
            yield from ((token.start, token.end, token.folded) for token in tokens(text))
            return
        for match in self.pattern.finditer(bare.translate(_BARE)):
            folded = spelled(match.group())
            yield match.start(), match.end(), folded


def _are_side_by_side(text: str, run: Sequence[tuple[int, int, str, str]]) -> bool:
    return all(not text[before[1] : after[0]].strip(_JOINING) for before, after in itertools.pairwise(run))


def marked(text: str, query: str) -> SafeString:
    """The text marked for a query as typed."""
    return Marker(understand(query)).marked(text)


def snippet(text: str, query: str, length: int = SNIPPET) -> SafeString:
    """A piece of the text for a query as typed."""
    return Marker(understand(query)).snippet(text, length)


def _pattern(keys: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the keys as a whole word, with i where the key has the y that stands for both."""
    forms = set(keys)
    forms |= {f"{key[:-1]}i" for key in forms if key.endswith("y") and key[:-1] in I_OR_Y}
    if not forms:
        return None
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])")


def _best_start(matches: Sequence[Match], length: int) -> int:
    """Where a piece of that length begins that has the most different words, closest together, earliest."""
    best, start = (0, 0), 0
    for index, first in enumerate(matches):
        seen: set[int] = set()
        last = first.start
        for other in matches[index : index + 60]:
            if other.end > first.start + length - BEFORE:
                break
            if other.word not in seen:
                seen.add(other.word)
                last = other.end
        if (len(seen), first.start - last) > best:
            best, start = (len(seen), first.start - last), first.start
    return start


def _runs(text: str, matches: Sequence[Match]) -> list[tuple[int, int]]:
    """Stretches of matching words; a stretch goes on over spaces and hyphens."""
    runs: list[tuple[int, int]] = []
    for match in matches:
        if runs and not text[runs[-1][1] : match.start].strip(_JOINING):
            runs[-1] = (runs[-1][0], match.end)
        else:
            runs.append((match.start, match.end))
    return runs


def _html(text: str, runs: Sequence[tuple[int, int]]) -> SafeString:
    parts: list[str] = []
    end = 0
    for start, stop in runs:
        parts += [escape(text[end:start]), f"<mark>{escape(text[start:stop])}</mark>"]
        end = stop
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - every part is escaped above
