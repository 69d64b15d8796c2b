"""Other words for what a query says, applied when it is asked: groups that editors keep, terms' and products' other names.

Kept in memory and read anew every forty seconds: a change works in both engines within a minute, without a new index.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import DatabaseError

from .analysis import VIETNAMESE, tokens
from .understanding import Understood

logger = logging.getLogger(__name__)

LOOK_SECONDS = 40.0
# A group of many names must not make a query of hundreds of phrases.
MOST_OTHERS = 8
MOST_SPANS = 12

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` to `end` of a query, and what else says the same, as accented keys."""

    start: int
    end: int
    others: tuple[Keys, ...]


@dataclass(slots=True)
class Thesaurus:
    """Groups by the keys of their members: accented ones, and folded ones for queries without accents."""

    accented: dict[Keys, list[Keys]] = field(default_factory=lambda: defaultdict(list))
    folded: dict[Keys, list[Keys]] = field(default_factory=lambda: defaultdict(list))
    # Folded words of all members: known, though no document may have them.
    words: set[str] = field(default_factory=set)
    longest: int = 0

    def add(self, phrases: Iterable[str], language: str = VIETNAMESE) -> None:
        """One group of phrases."""
        members: dict[Keys, Keys] = {}
        for phrase in phrases:
            found = tokens(phrase, language)[:12]
            if found:
                members[tuple(token.accented for token in found)] = tuple(token.folded for token in found)
        for accented, folded in members.items():
            others = [other for other in members if other != accented]
            self.accented[accented] += others
            self.folded[folded] += others
            self.words.update(folded)
            self.longest = max(self.longest, len(accented))

    def known(self, words: Iterable[str], frequencies: dict[str, int]) -> dict[str, int]:
        """The frequencies, with at least one for what a member has."""
        return {word: max(frequencies.get(word, 0), int(word in self.words)) for word in words}

    def exact_spans(self, query: Understood) -> list[Span]:
        """Members that stand in the query as they are written, accents included."""
        return [span for span in self.spans(query) if tuple(word.accented for word in query.words[span.start : span.end]) in self.accented]

    def spans(self, query: Understood) -> list[Span]:
        """The longest members that stand in the query, left to right; a member within a longer one is not looked at.

        A query with mistyped words is also looked at as it was probably meant.
        """
        found = self._spans(query)
        if query.alternatives:
            found += [span for span in self._spans(query.as_corrected()) if span not in found]
        return found

    def _spans(self, query: Understood) -> list[Span]:
        found: list[Span] = []
        place = 0
        while place < len(query.words) and len(found) < MOST_SPANS:
            for length in range(min(self.longest, len(query.words) - place), 0, -1):
                run = query.words[place : place + length]
                others = self.accented.get(tuple(word.accented for word in run))
                if others is None and all(word.is_bare for word in run) and (query.is_bare or length > 1):
                    others = self.folded.get(tuple(word.folded for word in run))
                if others:
                    # "cây hồi" says nothing that "hồi" does not find by itself.
                    own = tuple(word.accented for word in run)
                    wider = [other for other in dict.fromkeys(others) if not _contains(other, own)]
                    found.append(Span(place, place + length, tuple(wider)[:MOST_OTHERS]))
                    place += length
                    break
            else:
                place += 1
        return found


def _contains(phrase: Keys, part: Keys) -> bool:
    return any(phrase[start : start + len(part)] == part for start in range(len(phrase) - len(part) + 1))


def thesaurus(language: str = VIETNAMESE) -> Thesaurus:
    """The groups of a language that hold now. Mostly from memory, else a few queries to the database."""
    return _kept.thesaurus(language)


def read_groups(language: str) -> Thesaurus:
    """All groups of a language from the database. Four queries."""
    from knowledge_base.models import Term
    from topics.models import Product

    from .models import SynonymGroup

    thesaurus = Thesaurus()
    if language == VIETNAMESE:
        for group in SynonymGroup.objects.filter(is_active=True):
            thesaurus.add(group.phrases)
        names: dict[int, list[str]] = defaultdict(list)
        for topic_id, name in Product._meta.get_field("names").related_model._default_manager.exclude(language="en").values_list("topic_id", "name"):
            names[topic_id].append(name)
        for product_id, name in Product.objects.values_list("pk", "name"):
            thesaurus.add([name, *names[product_id]])
    for term in Term.objects.filter(locale__language_code=language).prefetch_related("other_names"):
        thesaurus.add([term.name, term.scientific_name, *(row.name for row in term.other_names.all())], language)
    return thesaurus


class _Kept:
    """The thesaurus of each language, as this process last read it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.read: dict[str, tuple[float, Thesaurus]] = {}

    def thesaurus(self, language: str) -> Thesaurus:
        """What was read less than `LOOK_SECONDS` ago; while one thread reads anew, the others go on with what there is."""
        now = time.monotonic()
        kept = self.read.get(language)
        if kept is not None and now - kept[0] < LOOK_SECONDS:
            return kept[1]
        if not self.lock.acquire(blocking=kept is None):
            return kept[1] if kept else Thesaurus()
        try:
            fresh = self.read.get(language)
            if fresh is None or now - fresh[0] >= LOOK_SECONDS:
                fresh = self.read[language] = (now, read_groups(language))
            return fresh[1]
        except DatabaseError:
            logger.exception("Không đọc được từ đồng nghĩa.")
            return kept[1] if kept else Thesaurus()
        finally:
            self.lock.release()


_kept = _Kept()


def forget() -> None:
    """Read the words again at the next query."""
    _kept.read.clear()
