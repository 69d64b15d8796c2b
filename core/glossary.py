"""docs/tu-vung-giao-dien.md, the one glossary of the admin's words, as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .catalogues import ROOT

GLOSSARY = ROOT / "docs" / "tu-vung-giao-dien.md"
HEADER = ("Tiếng Anh", "Tiếng Việt", "Không viết", "Luôn")
EVERYWHERE = "*"  # in the first column: words that are wrong whatever the English says
_BACKTICKED = re.compile(r"`([^`]+)`")


class GlossaryError(Exception):
    """The glossary cannot be read. The message is Vietnamese and names the line."""


@dataclass(frozen=True)
class Term:
    """One row: English words, what they are in Vietnamese, and words that must not be said for them."""

    english: tuple[str, ...]
    vietnamese: tuple[str, ...]
    wrong: tuple[str, ...]
    is_strict: bool = False  # where the English is said, one of the Vietnamese words must be

    @cached_property
    def _asks(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in self.english)})(?:e?s)?\b", re.IGNORECASE)

    def concerns(self, english: str) -> bool:
        """Whether an English sentence (without placeholders and tags) has one of the words."""
        return self.english == (EVERYWHERE,) or bool(self._asks.search(english))

    def faults(self, said: str) -> Iterator[str]:
        """What a Vietnamese sentence says otherwise than this row, in Vietnamese words."""
        for word in self.wrong:
            if says(said, word):
                yield f"viết “{word}”" + (f", hãy viết “{' / '.join(self.vietnamese)}”" if self.vietnamese else "")
        if self.is_strict and not any(says(said, word) for word in self.vietnamese):
            yield f"“{self.english[0]}” không được dịch là “{' / '.join(self.vietnamese)}”"


@dataclass(frozen=True)
class Glossary:
    """The rows, and the words that stay as they are in English (names, units, formats), in lower case."""

    terms: tuple[Term, ...]
    kept: frozenset[str]


def says(sentence: str, word: str) -> bool:
    """Whether the sentence has the word: whole syllables, either case."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", sentence, re.IGNORECASE) is not None


def read_glossary(path: Path = GLOSSARY) -> Glossary:
    """The tables whose header is `HEADER` (further columns are notes), and every `word` under "## Giữ nguyên"."""
    terms: list[Term] = []
    kept: set[str] = set()
    columns = 0
    title = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("## "):
            title, columns = line[3:].strip(), 0
        elif title == "Giữ nguyên":
            kept.update(word.lower() for cell in _BACKTICKED.findall(line) for word in cell.split())
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if tuple(cells[: len(HEADER)]) == HEADER:
                columns = len(cells)
            elif columns and not set(line) <= set("|-: "):
                if len(cells) != columns or not cells[0]:
                    raise GlossaryError(f"{path.name}, dòng {number}: bảng có {columns} cột, dòng này có {len(cells)}.")
                english, vietnamese, wrong = (tuple(word.strip() for word in cell.split(",") if word.strip()) for cell in cells[:3])
                terms.append(Term(english, vietnamese, wrong, is_strict=cells[3] == "có"))
        else:
            columns = 0
    if not terms:
        raise GlossaryError(f"{path.name}: không có bảng nào mở đầu bằng “{' | '.join(HEADER)}”.")
    return Glossary(tuple(terms), frozenset(kept))
