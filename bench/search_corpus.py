"""Texts like the site's in any number: chains of syllables that follow each other in the real content. The same for the same seed."""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = 250


class Corpus:
    """Sentences by a chain of order one over the words of the content files."""

    def __init__(self, seed: int = 36) -> None:
        self.random = random.Random(seed)
        self.after: dict[str, list[str]] = defaultdict(list)
        for path in sorted(ROOT.glob("*/data/**/*.md")):
            words = re.findall(r"[^\W_]+", path.read_text(encoding="utf-8").split("---", 2)[-1])
            for word, following in itertools.pairwise(words):
                self.after[word.lower()].append(following.lower())
        self.starts = sorted(self.after)

    def words(self, count: int) -> list[str]:
        """That many words in a row."""
        word = self.random.choice(self.starts)
        found: list[str] = []
        while len(found) < count:
            found.append(word)
            word = self.random.choice(self.after.get(word) or self.starts)
        return found

    def document(self, number: int) -> dict[str, str]:
        """Title, summary and body of about `WORDS` words together; a word of its own, so that one document can be found."""
        words = self.words(WORDS)
        body = " ".join(words[38:])
        return {"title": " ".join(words[:8]).capitalize(), "summary": " ".join(words[8:38]).capitalize() + ".", "body": f"{body} ma{number}so"}

    def documents(self, count: int) -> Iterator[dict[str, str]]:
        """Documents from 1 on."""
        for number in range(1, count + 1):
            yield self.document(number)

    def queries(self, count: int) -> list[str]:
        """What people type: two to five words that follow each other, every third without accents."""
        from core.vietnamese import fold

        made = [" ".join(self.words(self.random.randint(2, 5))) for _number in range(count)]
        return [fold(query) if place % 3 == 0 else query for place, query in enumerate(made)]
