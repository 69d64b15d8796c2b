"""A query as both engines understand it. Engines turn it into their own; scores mean the same in each.

Columns are those of `search.columns`. `Every` without `must` and `filters` matches everything that `excluded` does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


class Query:
    """A part of a tree."""


@dataclass(frozen=True, slots=True)
class All(Query):
    """Every document, score 1."""


@dataclass(frozen=True, slots=True)
class Nothing(Query):
    """No document."""


@dataclass(frozen=True, slots=True)
class Term(Query):
    """Documents with this value; in a column of tokens scored by BM25."""

    column: str
    value: Any


@dataclass(frozen=True, slots=True)
class OneOf(Query):
    """Documents with one of these values."""

    column: str
    values: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Between(Query):
    """Documents with a value in a range; None leaves an end open."""

    column: str
    low: Any = None
    high: Any = None
    with_low: bool = True
    with_high: bool = True


@dataclass(frozen=True, slots=True)
class StartsWith(Query):
    """Documents with a key that begins so."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Present(Query):
    """Documents with any value."""

    column: str


@dataclass(frozen=True, slots=True)
class Phrase(Query):
    """Documents with these tokens side by side; only in columns with positions."""

    column: str
    words: Sequence[str]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Similar(Query):
    """Documents with a token at most `distance` letters away."""

    column: str
    word: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Either(Query):
    """Documents that match at least `least` of the parts; scores add up."""

    parts: Sequence[Query]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Best(Query):
    """Documents that match a part; the best part's score counts, of the others `others` times theirs."""

    parts: Sequence[Query]
    others: float = 0.0


@dataclass(frozen=True, slots=True)
class Every(Query):
    """Documents that match all of `must` and `filters` and none of `excluded`; `must` and `bonus` give scores."""

    must: Sequence[Query] = field(default=())
    filters: Sequence[Query] = field(default=())
    excluded: Sequence[Query] = field(default=())
    bonus: Sequence[Query] = field(default=())


@dataclass(frozen=True, slots=True)
class Boosted(Query):
    """The same documents, scores multiplied."""

    part: Query
    factor: float


@dataclass(frozen=True, slots=True)
class Constant(Query):
    """The same documents, each with this score."""

    part: Query
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found: the primary key as text, its score; the text kept for snippets where that was asked for."""

    key: str
    score: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """A slice of what was found, and how many there are in all."""

    total: int
    hits: Sequence[Hit]
