"""What an issued document is once it has been read: title, headings, clauses, recipients, signer, and what was noticed on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class DocumentError(Exception):
    """The file cannot be read as an issued document. The message is Vietnamese and says what to do."""


class Level(StrEnum):
    """How deep a heading stands: I. / 1. / 2.1."""

    SECTION = "section"
    ITEM = "item"
    SUBITEM = "subitem"


class RepairKind(StrEnum):
    """What was done to the layout."""

    GLUED = "glued"  # one line held several headings: split
    JOINED = "joined"  # a paragraph began in lower case: joined to the one before
    MARKS = "marks"  # ** around bold text: removed
    RULE = "rule"  # a line of dashes or stars: removed
    TABLE = "table"  # the cells of a table in Word: read as paragraphs, row by row
    HIDDEN = "hidden"  # characters that nobody sees (zero width, soft hyphen): removed
    COMPOSED = "composed"  # letters with loose accents (NFD): stored composed (NFC)


class DoubtKind(StrEnum):
    """Why an editor should look."""

    MISPRINT = "misprint"
    UNCLEAR = "unclear"
    SPACING = "spacing"
    TONE = "tone"
    START = "start"
    ENDING = "ending"
    BRACKETS = "brackets"
    NUMBERING = "numbering"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the file. `number` counts from 1: lines of a text file, paragraphs of a Word file."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line that stands over others. `text` as issued ("2. Yêu cầu"), `label` "2", `title` "Yêu cầu"."""

    address: str
    level: Level
    label: str
    title: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph with an address for ever: `iii-1-d4` is section III, item 1, paragraph 4.

    `text` is as issued; where the item is a single paragraph it begins with the item's number. `section` "II", `item` "2" and `subitem`
    "2.1" are "" where there is none; the preamble (`mo-dau-d1`) has none of them. `headings` are those it stands under, outermost first.
    """

    address: str
    section: str
    item: str
    subitem: str
    paragraph: int
    headings: tuple[Heading, ...]
    text: str
    line: int

    @property
    def section_heading(self) -> str:
        return self._heading(Level.SECTION)

    @property
    def item_heading(self) -> str:
        return self._heading(Level.ITEM)

    @property
    def subitem_heading(self) -> str:
        return self._heading(Level.SUBITEM)

    def _heading(self, level: Level) -> str:
        """The heading of that level as issued, number included; "" where there is none."""
        return next((heading.text for heading in self.headings if heading.level == level), "")


@dataclass(frozen=True, slots=True)
class Repair:
    """One change of layout. `words` shows the place, with " | " where a line was split and " ⏎ " where two were joined."""

    kind: RepairKind
    line: int
    words: str
    explanation: str
    address: str = ""

    def at(self, address: str) -> Repair:
        return replace(self, address=address)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that an editor should look at; they stay as issued.

    `address` is a clause's ("iii-3-d1"), a heading's ("iii-2"), or "tieu-de", "noi-nhan", "nguoi-ky"; `places` are all addresses that the
    doubt concerns, in the order of the document.
    """

    kind: DoubtKind
    address: str
    words: str
    explanation: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """An issued document. `parts` are its headings and clauses in order, the preamble's clauses first."""

    title: tuple[str, ...]
    parts: tuple[Heading | Clause, ...]
    recipients_label: str
    recipients: tuple[str, ...]
    signer: str
    signer_title: tuple[str, ...]
    repairs: tuple[Repair, ...]
    doubts: tuple[Doubt, ...]

    @property
    def heading(self) -> str:
        """The title in one line."""
        return " ".join(self.title)

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(part for part in self.parts if isinstance(part, Heading))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(part for part in self.parts if isinstance(part, Clause))

    @property
    def preamble(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.section)

    @property
    def body(self) -> tuple[Clause, ...]:
        """The clauses beside the preamble."""
        return tuple(clause for clause in self.clauses if clause.section)

    def with_doubts(self, doubts: Iterable[Doubt]) -> IssuedDocument:
        return replace(self, doubts=tuple(doubts))

    def as_issued(self) -> list[str]:
        """Every line of the document, words as issued: title, headings and clauses, recipients, signer."""
        ending = [self.recipients_label, *self.recipients, *self.signer_title, self.signer]
        return [*self.title, *(part.text for part in self.parts), *(text for text in ending if text)]
