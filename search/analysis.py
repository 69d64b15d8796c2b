"""The one analysis of Vietnamese text for search: both engines, the suggestions, the marks in snippets use these tokens.

A token is a syllable, a word of another language, a number, a unit or one Chinese character. Each has two keys:
`accented` (lower case, one spelling: hoà = hòa, kĩ = kỹ) and `folded` (no accents, đ as d; in English the stem).
Two folded keys that follow each other make a pair, "benh_dom": pairs are what make Vietnamese rank well.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import tantivy
from anyascii import anyascii

from core.vietnamese import fold, normalise

from .syllables import spelled

VIETNAMESE, ENGLISH = "vi", "en"
# Longer keys are cut: no word is that long, and engines refuse what has no end.
LONGEST_KEY = 64
PAIR = "_"

_UNITS = "kg|g|mg|tấn|tạ|yến|ml|lít|l|ha|sào|mẫu|km|m|cm|mm|m2|m3|cc|tr|k|w|kw|kwh|v|h|s"
# Marks that combine with a letter, and signs without width that may stand inside a word.
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"[{_IDEOGRAPH}]"
    r"|(?<!\w)\d+(?:[.,]\d+)+"
    rf"|(?<!\w)\d+(?=(?:{_UNITS})(?![\w{_MARKS}]))"
    rf"|[^\W_{_IDEOGRAPH}](?:[^\W_{_IDEOGRAPH}]|[{_MARKS}])*",
    re.IGNORECASE,
)
_WIDTHLESS = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_THOUSANDS = {VIETNAMESE: re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}"), ENGLISH: re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")}
_DECIMAL = re.compile(r"\d+[.,]\d+")
_STEMMER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("english")).build()


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is the slice of the original from `start` to `end`."""

    start: int
    end: int
    text: str
    accented: str
    folded: str


@dataclass(frozen=True, slots=True)
class Streams:
    """Keys of a text joined by spaces: what both engines index under the whitespace analyzer."""

    accented: str
    folded: str
    pairs: str


def tokens(text: str, language: str = VIETNAMESE) -> list[Token]:
    """The tokens of a text in order, with offsets into the text as given."""
    return [Token(start, end, text[start:end], *keys_of(text[start:end], language)) for start, end in _spans(text, language)]


def streams(text: str, language: str = VIETNAMESE) -> Streams:
    """The same keys without offsets, for indexing."""
    keys: list[tuple[str, str]] = []
    for word in _TOKEN.findall(text):
        if word[0].isdigit() and _NUMBER.fullmatch(word) and not _is_number(word, language):
            keys += [keys_of(digits, language) for digits in _DIGITS.findall(word)]
        else:
            keys.append(keys_of(word, language))
    folded = [key for _accented, key in keys]
    return Streams(" ".join([key for key, _folded in keys]), " ".join(folded), " ".join(pairs_of(folded)))


def pairs_of(folded: list[str]) -> list[str]:
    """Each key with the one after it."""
    return [f"{first}{PAIR}{second}" for first, second in itertools.pairwise(folded)]


def _spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where tokens stand. A number with separators is one token if it is one number; a date is three."""
    for match in _TOKEN.finditer(text):
        if _NUMBER.fullmatch(match.group()) and not _is_number(match.group(), language):
            for digits in _DIGITS.finditer(match.group()):
                yield match.start() + digits.start(), match.start() + digits.end()
        else:
            yield match.span()


def _is_number(word: str, language: str) -> bool:
    return bool(_thousands(language).fullmatch(word) or _DECIMAL.fullmatch(word))


def _thousands(language: str) -> re.Pattern[str]:
    return _THOUSANDS[ENGLISH if language == ENGLISH else VIETNAMESE]


@lru_cache(maxsize=200_000)
def keys_of(word: str, language: str = VIETNAMESE) -> tuple[str, str]:
    """The accented and the folded key of one word as it stands in a text."""
    if _NUMBER.fullmatch(word):
        number = _number(word, language)
        return number, number
    lowered = unicodedata.normalize("NFC", _WIDTHLESS.sub("", normalise(word)).lower())
    # Superscripts and full-width letters are the same letters: m² = m2. A letter is never decomposed here.
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", lowered).replace(" ", "")) or lowered
    bare = spelled(_latin(fold(lowered)))
    if language == ENGLISH:
        stems = _STEMMER.analyze(_latin(fold(lowered)))
        bare = stems[0] if stems else bare
    return spelled(lowered)[:LONGEST_KEY], bare[:LONGEST_KEY]


def _number(word: str, language: str) -> str:
    """1.234,5 and 1234,5 are one number, 18.5 and 18,5 another: no thousands, a comma before decimals."""
    if _thousands(language).fullmatch(word):
        whole, decimals = (",", ".") if language == ENGLISH or word.count(",") > 1 else (".", ",")
        return word.replace(whole, "").replace(decimals, ",")
    return word.replace(".", ",")


def _latin(text: str) -> str:
    """Latin letters that no accent makes ("ø", "ß") in ASCII; other scripts stay."""
    return text if text.isascii() else "".join(_plain(character) for character in text)


@lru_cache(maxsize=4_096)
def _plain(character: str) -> str:
    if character.isascii() or not unicodedata.name(character, "").startswith("LATIN"):
        return character
    return anyascii(character).lower() or character
