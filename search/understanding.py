"""What a query means: its words, what was typed without an input method, what is asked for exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

from core.vietnamese import normalise

from .analysis import VIETNAMESE, Token, keys_of, tokens
from .input_methods import TELEX, VNI, read_telex, read_vni
from .syllables import could_be_bare

# Words beyond this add time and no meaning; the longest questions of people have forty.
MOST_WORDS = 48
LONGEST_QUERY = 10_000
LONGEST_ABBREVIATION = 5
ACCENTS, SPELLING = "accents", "spelling"

_QUOTED = re.compile(r"[\"“”„]([^\"“”„]+)[\"“”„]")
# How many documents have each folded word.
Frequencies = Callable[[Sequence[str]], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query: how it is searched, and whether it was typed without accents."""

    text: str
    accented: str
    folded: str
    is_bare: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it is searched. `text` is what a reader sees of it; `phrases` must stand in a result as they are."""

    typed: str
    text: str
    words: tuple[Word, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    reasons: tuple[str, ...] = ()
    language: str = VIETNAMESE
    alternatives: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        return bool(self.reasons)

    @property
    def is_exact(self) -> bool:
        """Asked for in quotes from end to end."""
        return len(self.phrases) == 1 and len(self.phrases[0]) == len(self.words)

    @property
    def is_bare(self) -> bool:
        """Typed without any accent, in Vietnamese."""
        return self.language == VIETNAMESE and bool(self.words) and all(word.is_bare for word in self.words)

    def as_corrected(self) -> Understood:
        """The same with each doubtful word replaced by what was most likely meant, without accents."""
        words = [
            replace(word, accented=self.alternatives[place][0], folded=self.alternatives[place][0], is_bare=True) if place in self.alternatives else word
            for place, word in enumerate(self.words)
        ]
        return replace(self, words=tuple(words), alternatives={})

    def with_accents(self, accented: Sequence[str]) -> Understood:
        """The same query, shown with the accents that its results have."""
        text = self.text
        if len(accented) == len(self.words) and any(form != word.accented for form, word in zip(accented, self.words, strict=True)):
            text = _replaced(self.text, list(accented), self.language)
        return self if text == self.text else replace(self, text=text, reasons=(*self.reasons, ACCENTS))


def understand(query: str, language: str = VIETNAMESE, frequencies: Frequencies | None = None, names: Container[tuple[str, ...]] = ()) -> Understood:
    """Read a query of any length and content.

    `frequencies` tells whether a word is known as it was typed; `names` are words that mean something as they are, such as abbreviations.
    """
    typed = " ".join(normalise(query[:LONGEST_QUERY]).split())
    text, reasons = typed, ()
    if language == VIETNAMESE and not _QUOTED.search(typed) and typed.isascii():
        text, reasons = _without_input_method(typed, frequencies, names)
    found = tokens(text, language)[:MOST_WORDS]
    words = tuple(Word(token.text, token.accented, token.folded, token.text.isascii()) for token in found)
    return Understood(typed, text, words, _phrases(text, language), reasons, language)


def _phrases(text: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Accented keys of what stands in quotes."""
    phrases = (tuple(token.accented for token in tokens(part, language)[:MOST_WORDS]) for part in _QUOTED.findall(text))
    return tuple(phrase for phrase in phrases if phrase)[:5]


def _without_input_method(typed: str, frequencies: Frequencies | None, names: Container[tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """Telex or VNI typed raw, read where the word as typed is nowhere in the index. A word of a known language stays."""
    found = tokens(typed)[:MOST_WORDS]
    readings: dict[int, tuple[str, str]] = {}
    for place, token in enumerate(found):
        if (token.accented,) in names or (token.text.isupper() and len(token.text) <= LONGEST_ABBREVIATION and not typed.isupper()):
            continue
        for method, read in ((TELEX, read_telex), (VNI, read_vni)):
            reading = read(token.text)
            if reading is not None:
                readings[place] = (method, reading)
                break
    if not readings:
        return typed, ()
    typed_keys = {place: found[place].folded for place in readings}
    known = frequencies(list({*typed_keys.values(), *(keys_of(reading)[1] for _method, reading in readings.values())})) if frequencies else {}
    # Somebody who types raw keys does so in every word that needs one: the rest are syllables without marks, or no words at all.
    others = [token for place, token in enumerate(found) if place not in readings]
    is_vietnamese = all(could_be_bare(token.text.lower()) or token.text.isdigit() for token in others)
    chosen: dict[int, str] = {}
    methods: list[str] = []
    for place, (method, reading) in readings.items():
        if known.get(typed_keys[place], 0) > 0 and not (is_vietnamese and len(readings) > 1):
            continue
        if not is_vietnamese and known.get(keys_of(reading)[1], 0) == 0:
            continue
        chosen[place] = reading
        methods.append(method)
    if not chosen:
        return typed, ()
    accented = [chosen.get(place, token.text) for place, token in enumerate(found)]
    return _replaced(typed, accented, VIETNAMESE), tuple(dict.fromkeys(methods))


def _replaced(text: str, words: list[str], language: str) -> str:
    """The text with its words replaced one by one, what stands between kept."""
    pieces: list[str] = []
    end = 0
    for token, word in zip(tokens(text, language), words, strict=False):
        pieces += [text[end : token.start], word if word.lower() != token.text.lower() else token.text]
        end = token.end
    return "".join([*pieces, text[end:]])


def restored_accents(words: Sequence[Word], texts: Iterable[str]) -> list[str] | None:
    """The accents that bare words have in texts that were found, the first texts counting most; None where one has none.

    A form counts more where its neighbour in the query stands beside it in the text too.
    """
    if not words or not all(word.is_bare for word in words):
        return None
    votes: list[dict[str, float]] = [{} for _word in words]
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word.folded, []).append(place)
    for rank, text in enumerate(texts):
        found = tokens(text[:2_000])
        for index, token in enumerate(found):
            for place in places.get(token.folded, ()):
                beside = _beside(words, place, found, index)
                weight = (1 + 4 * beside) / (1 + rank / 3)
                votes[place][token.accented] = votes[place].get(token.accented, 0) + weight
    if not all(votes):
        return None
    return [max(forms, key=lambda form: forms[form]) for forms in votes]


def _beside(words: Sequence[Word], place: int, found: Sequence[Token], index: int) -> int:
    """How many of a word's neighbours in the query stand at its sides in the text."""
    before = place > 0 and index > 0 and found[index - 1].folded == words[place - 1].folded
    after = place + 1 < len(words) and index + 1 < len(found) and found[index + 1].folded == words[place + 1].folded
    return int(before) + int(after)
