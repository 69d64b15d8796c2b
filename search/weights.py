"""The weights of ranking, from data/weights.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .analysis import VIETNAMESE, tokens
from .columns import Part

FILE = Path(__file__).parent / "data" / "weights.yaml"


@dataclass(frozen=True, slots=True)
class Weights:
    """All numbers of the file; see there what each does."""

    parts: dict[str, float]
    accented: float
    folded: float
    pairs: float
    phrase_accented: dict[str, float]
    phrase_folded: dict[str, float]
    longest_phrase: int
    synonym: float
    synonym_long: float
    long_from: int
    correction: float
    least: tuple[tuple[int, float], ...]
    fresh_kinds: tuple[str, ...]
    fresh_bands: tuple[tuple[int, float], ...]
    question: float
    question_words: frozenset[tuple[str, ...]]
    question_folded: frozenset[tuple[str, ...]]

    def of_part(self, part: Part) -> float:
        """The weight of a part: by its name, or the body's times its boost."""
        return self.parts.get(part.name, self.parts["body"] * part.weight)

    def of_phrase(self, part: Part, *, is_accented: bool) -> float:
        """What a whole phrase in a part adds."""
        table = self.phrase_accented if is_accented else self.phrase_folded
        return table.get(part.name, table["body"])

    def least_of(self, count: int) -> int:
        """How many of that many words a document must have."""
        share = next(share for words, share in self.least if count <= words)
        return max(1, round(count * share))


def read_weights(data: dict[str, Any]) -> Weights:
    """The weights of a file's content. Raises KeyError or TypeError where something is missing."""
    streams, phrase, fresh, question = data["streams"], data["phrase"], data["fresh"], data["question"]
    return Weights(
        parts=data["parts"],
        accented=streams["accented"],
        folded=streams["folded"],
        pairs=streams["pairs"],
        phrase_accented=phrase["accented"],
        phrase_folded=phrase["folded"],
        longest_phrase=phrase["longest"],
        synonym=data["synonym"],
        synonym_long=data["synonym_long"],
        long_from=data["long_from"],
        correction=data["correction"],
        least=tuple((step["words"], step["share"]) for step in data["least"]),
        fresh_kinds=tuple(fresh["kinds"]),
        fresh_bands=tuple((band["days"], band["score"]) for band in fresh["bands"]),
        question=question["weight"],
        question_words=frozenset(tuple(token.accented for token in tokens(words)) for words in question["words"]),
        question_folded=frozenset(tuple(token.folded for token in tokens(words, VIETNAMESE)) for words in question["folded"]),
    )


@cache
def weights() -> Weights:
    """The weights that hold, read once a process."""
    return read_weights(yaml.safe_load(FILE.read_text(encoding="utf-8")))
