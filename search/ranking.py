"""The tree that ranks: where each word stands, phrases, other words for it, what is fresh. The same for the site, the API and the measurements.

Weights lie in data/weights.yaml. Order of what counts: the exact accented phrase, accented words, folded pairs, folded words, synonyms,
one typo or one wrong tone.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from django.utils import timezone

from . import tree
from .columns import ACCENTED, FOLDED, PAIRS, Part, Spec
from .synonyms import Span, Thesaurus
from .understanding import Understood, Word
from .weights import Weights, weights

FIRST_PUBLISHED = "first_published_at_filter"
KIND = "site_kind"


def ranked(query: Understood, spec: Spec, thesaurus: Thesaurus | None = None, *, numbers: Weights | None = None, now: dt.datetime | None = None) -> tree.Query:
    """What to look for and how to score it; everything where the query has no word."""
    numbers = numbers or weights()
    if not query.words:
        return tree.All() if not query.typed else tree.Nothing()
    if query.is_exact:
        return _exact(query, spec, numbers)
    shares = word_weights(query, numbers)
    spans = thesaurus.spans(query) if thesaurus else []
    words = [_word(query, place, share, spec, numbers, spans) for place, share in enumerate(shares)]
    bonus = [*_pairs(query, shares, spec, numbers), *_phrases(query, spec, numbers), *_fresh(spec, numbers, now)]
    needed = [_contains(phrase, spec) for phrase in query.phrases]
    asked = sum(1 for share in shares if share == 1.0)
    least = numbers.least_of(asked) if asked else 1
    return tree.Every(must=[tree.Either(words, least), *needed], bonus=bonus)


def word_weights(query: Understood, numbers: Weights) -> list[float]:
    """1 for each word, less for words of questions and particles; those count in full where there is nothing else."""
    shares = [1.0] * len(query.words)
    for place in range(len(query.words)):
        for length in (4, 3, 2, 1):
            run = query.words[place : place + length]
            if len(run) < length:
                continue
            is_bare = all(word.is_bare for word in run) and query.is_bare
            keys = tuple(word.folded for word in run) if is_bare else tuple(word.accented for word in run)
            if keys in (numbers.question_folded if is_bare else numbers.question_words):
                for index in range(place, place + length):
                    shares[index] = numbers.question
    return shares if 1.0 in shares else [1.0] * len(shares)


def _word(query: Understood, place: int, share: float, spec: Spec, numbers: Weights, spans: Sequence[Span]) -> tree.Query:
    """One word in every part: accented, folded; what else it may be; what else says the same."""
    word = query.words[place]
    parts: list[tree.Query] = []
    for part in spec.parts:
        weight = numbers.of_part(part) * share
        parts.append(_weighed(tree.Term(f"{part.column}{ACCENTED}", word.accented), weight * numbers.accented))
        parts.append(_weighed(tree.Term(f"{part.column}{FOLDED}", word.folded), weight * numbers.folded))
        parts += [_weighed(tree.Term(f"{part.column}{FOLDED}", other), weight * numbers.correction) for other in query.alternatives.get(place, ())]
        for span in spans:
            if span.start <= place < span.end:
                synonym = numbers.synonym if len(query.words) < numbers.long_from else numbers.synonym_long
                each = weight * synonym / (span.end - span.start)
                parts += [_weighed(tree.Phrase(f"{part.column}{ACCENTED}", phrase), each) for phrase in span.others]
    return tree.Either(parts)


def _weighed(query: tree.Query, weight: float) -> tree.Query:
    return query if weight == 1.0 else tree.Boosted(query, weight)


def _pairs(query: Understood, shares: Sequence[float], spec: Spec, numbers: Weights) -> list[tree.Query]:
    """Words that follow each other in the query and in the document."""
    found: list[tree.Query] = []
    words = query.words
    for place in range(len(words) - 1):
        share = min(shares[place], shares[place + 1])
        pairs = {f"{words[place].folded}_{words[place + 1].folded}": share}
        if place in query.alternatives or place + 1 in query.alternatives:
            # The pair that the likeliest correction makes.
            first, second = (query.alternatives.get(index, (words[index].folded,))[0] for index in (place, place + 1))
            pairs.setdefault(f"{first}_{second}", share * numbers.correction)
        found += [
            _weighed(tree.Term(f"{part.column}{PAIRS}", pair), numbers.of_part(part) * numbers.pairs * weight)
            for pair, weight in pairs.items()
            for part in spec.parts
        ]
    return found


def _phrases(query: Understood, spec: Spec, numbers: Weights) -> list[tree.Query]:
    """The whole query side by side in one part."""
    if not 2 <= len(query.words) <= numbers.longest_phrase:
        return []
    found: list[tree.Query] = []
    accented = [word.accented for word in query.words]
    for part in spec.parts:
        exact = numbers.of_phrase(part, is_accented=True)
        folded = numbers.of_phrase(part, is_accented=False)
        found.append(tree.Constant(tree.Phrase(f"{part.column}{ACCENTED}", accented), exact))
        if any(word.is_bare for word in query.words):
            # Typed with every accent, other accents are other words.
            found.append(tree.Constant(_pairs_of(query.words, part), folded))
    return found


def _pairs_of(words: Sequence[Word], part: Part) -> tree.Query:
    pairs = [f"{first.folded}_{second.folded}" for first, second in itertools.pairwise(words)]
    return tree.Every(filters=[tree.Term(f"{part.column}{PAIRS}", pair) for pair in pairs])


def _contains(phrase: Sequence[str], spec: Spec) -> tree.Query:
    """What stands in quotes, exactly so in one of the parts."""
    return tree.Either([tree.Phrase(f"{part.column}{ACCENTED}", phrase) for part in spec.parts])


def _exact(query: Understood, spec: Spec, numbers: Weights) -> tree.Query:
    phrase = query.phrases[0]
    return tree.Either([tree.Boosted(tree.Phrase(f"{part.column}{ACCENTED}", phrase), numbers.of_part(part)) for part in spec.parts])


def _fresh(spec: Spec, numbers: Weights, now: dt.datetime | None) -> list[tree.Query]:
    """Bands of constant score by age, for kinds that age."""
    if KIND not in spec.columns:
        return []
    today = (now or timezone.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    kinds = tree.OneOf(KIND, numbers.fresh_kinds)
    bands: list[tree.Query] = []
    newer: dt.datetime | None = None
    for days, score in numbers.fresh_bands:
        since = today - dt.timedelta(days=days)
        age = tree.Between(FIRST_PUBLISHED, low=since, high=newer, with_high=False)
        bands.append(tree.Constant(tree.Every(filters=[kinds, age]), score))
        newer = since
    return bands
