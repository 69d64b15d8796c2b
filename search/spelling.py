"""What was probably meant by a word that stands nowhere in the index, or never beside its neighbours."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from .analysis import PAIR
from .syllables import BARE
from .understanding import Understood, Word

LETTERS = "abcdeghiklmnopqrstuvxy"
# Keys beside each other on a keyboard, and sounds that people mix up in writing.
CONFUSED = (
    ("s", "x"),
    ("ch", "tr"),
    ("d", "gi"),
    ("r", "d"),
    ("r", "gi"),
    ("l", "n"),
    ("ng", "ngh"),
    ("g", "gh"),
    ("c", "k"),
    ("n", "ng"),
    ("t", "c"),
    ("i", "y"),
)
_BOTH_WAYS = (*CONFUSED, *((other, one) for one, other in CONFUSED))
MOST_CANDIDATES = 400
MOST_CORRECTED = 4
SHORTEST = 2
# From this length on a word may be one of another language.
SHORTEST_FOREIGN = 5

Frequencies = Callable[[Sequence[str]], dict[str, int]]


def neighbours(word: str) -> set[str]:
    """Words one letter away: one missing, too many, wrong, or two exchanged; and sounds that are mixed up."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in splits if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in splits if right for letter in LETTERS}
    found |= {left + letter + right for left, right in splits for letter in LETTERS}
    for one, other in _BOTH_WAYS:
        if word.startswith(one):
            found.add(other + word[len(one) :])
        if word.endswith(one):
            found.add(word[: -len(one)] + other)
    return found - {word, ""}


def candidates(word: Word) -> list[str]:
    """What a word may have been: a syllable, where one is near; for a longer word also anything else."""
    near = neighbours(word.folded)
    syllables = near & BARE
    return sorted(syllables) + (sorted(near - BARE)[:MOST_CANDIDATES] if len(word.folded) >= SHORTEST_FOREIGN else [])


def corrected(query: Understood, words_known: Frequencies, pairs_known: Frequencies, shares: Sequence[float] = ()) -> Understood:
    """The query with `alternatives` for words that are unknown, or that stand beside none of their neighbours.

    At most three questions to the index, none where every word and pair is known.
    """
    words = query.words
    if not words or query.phrases:
        return query
    known = words_known(list(dict.fromkeys(word.folded for word in words)))
    pairs = [f"{first.folded}{PAIR}{second.folded}" for first, second in itertools.pairwise(words)]
    beside = pairs_known(list(dict.fromkeys(pairs))) if pairs else {}
    # Words of questions stand beside anything.
    sure = {place for place, share in enumerate(shares) if share < 1.0}
    doubtful = [place for place in range(len(words)) if place not in sure and _is_doubtful(words, place, known, beside)][:MOST_CORRECTED]
    if not doubtful:
        return query
    near = {place: candidates(words[place]) for place in doubtful}
    sought = [pair for place, others in near.items() for other in others for pair in _pairs_with(words, place, other)]
    near_known = words_known(list(dict.fromkeys(other for others in near.values() for other in others)))
    near_beside = pairs_known(list(dict.fromkeys(sought))) if sought else {}
    alternatives: dict[int, tuple[str, ...]] = {}
    for place, others in near.items():
        is_unknown = known.get(words[place].folded, 0) == 0
        scored: list[tuple[int, float, str]] = []
        for other in others:
            contexts = [near_beside.get(pair, 0) for pair in _pairs_with(words, place, other)]
            beside_many = sum(1 for count in contexts if count)
            # A word that exists is doubted only for one that fits on both sides.
            if (is_unknown and (near_known.get(other, 0) or beside_many)) or beside_many == 2:
                likelihood = _likeness(words[place].folded, other) * math.log(2 + 4 * sum(contexts) + near_known.get(other, 0))
                scored.append((beside_many, likelihood, other))
        if scored:
            alternatives[place] = tuple(other for _beside, _likelihood, other in sorted(scored, reverse=True)[:3])
    return replace(query, alternatives=alternatives) if alternatives else query


def _likeness(typed: str, other: str) -> float:
    """How likely the slip of a finger or of an ear is."""
    if sorted(typed) == sorted(other):
        return 3.0
    if any(typed.startswith(one) and other == two + typed[len(one) :] for one, two in _BOTH_WAYS) or any(
        typed.endswith(one) and other == typed[: -len(one)] + two for one, two in _BOTH_WAYS
    ):
        return 2.0
    return 0.8 if len(other) < len(typed) else 1.0


def suggestion(query: Understood) -> list[str] | None:
    """The folded words with the best correction of each doubtful one; None where there is none."""
    if not query.alternatives:
        return None
    return [query.alternatives[place][0] if place in query.alternatives else word.folded for place, word in enumerate(query.words)]


def _is_doubtful(words: Sequence[Word], place: int, known: dict[str, int], beside: dict[str, int]) -> bool:
    word = words[place]
    if len(word.folded) < SHORTEST or word.folded.isdigit() or not word.folded.isascii():
        return False
    if known.get(word.folded, 0) == 0:
        return True
    pairs = _pairs_with(words, place, word.folded)
    return len(words) > 1 and bool(pairs) and all(beside.get(pair, 0) == 0 for pair in pairs)


def _pairs_with(words: Sequence[Word], place: int, key: str) -> list[str]:
    pairs = []
    if place:
        pairs.append(f"{words[place - 1].folded}{PAIR}{key}")
    if place + 1 < len(words):
        pairs.append(f"{key}{PAIR}{words[place + 1].folded}")
    return pairs
