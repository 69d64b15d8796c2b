"""Cutting the body: which line is a section, an item, a sub-item, which is a paragraph, and the address of each.

The rule, by structure and never by known words:

- a section is a line numbered in Roman, in capitals or next in the count;
- an item is a line numbered 1., a sub-item one numbered 2.1. under item 2;
- a numbered line is a *heading* when lines of its own follow it (a paragraph, or for an item its sub-items) and it is not itself a long
  sentence; otherwise it *is* the paragraph, and keeps its number in its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .document import Clause, Doubt, DoubtKind, Heading, Level, Line, Repair
from .layout import join_broken

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
_SECTION = re.compile(r"(?P<label>[IVXL]{1,7})\s?(?:\.\s*|[–-]\s+)(?P<title>[^\W\d_].*)")
_INITIALS = re.compile(r"[^\W\d_]\.")  # "V. I. Lê-nin" opens a sentence, not section V
_SUBITEM = re.compile(r"(?P<label>(?P<item>\d{1,2})\.(?P<subitem>\d{1,2}))[.)–-]?\s+(?P<title>[\"“(]?[^\W\d_].*)")
_ITEM = re.compile(r"(?P<label>\d{1,2})(?:[.)]\s*|[–-]\s+)(?P<title>[\"“(]?[^\W\d_].*)")
_SENTENCE_END = (".", ";", "!", "?", "…")

# A heading may close with a full stop ("2. Yêu cầu."), a sentence longer than this is the item's own paragraph.
_SENTENCE_CHARACTERS = 80
# No line of so many characters is a heading; one that is not in capitals must be shorter to open a section.
_HEADING_CHARACTERS = 500
_SECTION_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class _Number:
    """What the number before a line says. `number` counts within the level; `title` is the line without it."""

    level: Level
    label: str
    title: str
    number: int


@dataclass(slots=True)
class _Place:
    """Where the cutting stands: the numbers, the open headings, the count of paragraphs."""

    section: str = ""
    item: int | None = None
    subitem: int | None = None
    headings: tuple[Heading, ...] = ()
    paragraph: int = 0

    def enter(self, number: _Number) -> None:
        levels = list(Level)
        if number.level == Level.SECTION:
            self.section, self.item, self.subitem = number.label, None, None
        elif number.level == Level.ITEM:
            self.item, self.subitem = number.number, None
        else:
            self.subitem = number.number
        self.headings = tuple(heading for heading in self.headings if levels.index(heading.level) < levels.index(number.level))
        self.paragraph = 0

    @property
    def address(self) -> str:
        numbers = (self.item, self.subitem)
        return "-".join([self.section.lower(), *(str(number) for number in numbers if number is not None)])

    def last_number(self, level: Level) -> int:
        """The number after which one of that level is expected; 0 at the start."""
        return {Level.SECTION: _roman_value(self.section), Level.ITEM: self.item or 0, Level.SUBITEM: self.subitem or 0}[level]

    def clause(self, line: Line) -> Clause:
        self.paragraph += 1
        address = f"{self.address}-d{self.paragraph}"
        item = "" if self.item is None else str(self.item)
        subitem = "" if self.subitem is None else f"{self.item}.{self.subitem}"
        return Clause(address, self.section, item, subitem, self.paragraph, self.headings, line.text, line.number)

    def heading(self, line: Line, number: _Number) -> Heading:
        heading = Heading(self.address, number.level, number.label, number.title, line.text, line.number)
        self.headings = (*self.headings, heading)
        return heading


def opens_section(line: Line) -> bool:
    """The line can open the first section of a document, before which title and preamble stand."""
    return _section(line, 1) is not None


def cut_body(lines: list[Line]) -> tuple[list[Heading | Clause], list[Repair], list[Doubt]]:
    """(headings and clauses in order, paragraphs joined, doubts about the numbers). The first line opens a section."""
    joined, repairs = join_broken(lines)
    numbers = _number(joined)
    place = _Place()
    parts: list[Heading | Clause] = []
    doubts: list[Doubt] = []
    for line, number, following in zip(joined, numbers, [*numbers[1:], None], strict=True):
        if number is None:
            parts.append(place.clause(line))
            continue
        before = place.last_number(number.level)
        place.enter(number)
        is_last = line is joined[-1]
        is_heading = _is_heading(line, number, following, is_last)
        part = place.heading(line, number) if is_heading else place.clause(line)
        parts.append(part)
        if number.number != before + 1:
            explanation = _("Số mục không liền nhau: mục trước là %(before)d, mục này là %(number)d. Kiểm tra bản phát hành có thiếu mục không.")
            doubts.append(Doubt(DoubtKind.NUMBERING, part.address, line.text[:80], explanation % {"before": before, "number": number.number}))
        if is_heading and (is_last or (following is not None and following.level == Level.SECTION)):
            explanation = _("Phần này không có đoạn nào. Kiểm tra tệp có thiếu nội dung không.")
            doubts.append(Doubt(DoubtKind.MISSING, part.address, line.text[:80], explanation))
    return parts, repairs, doubts


def _is_heading(line: Line, number: _Number, following: _Number | None, is_last: bool) -> bool:
    """A section always is. Others are when lines of their own follow and the line is not a long sentence."""
    if number.level == Level.SECTION:
        return True
    has_paragraph = following is None and not is_last
    has_subitem = number.level == Level.ITEM and following is not None and following.level == Level.SUBITEM
    is_sentence = line.text.endswith(_SENTENCE_END) and len(line.text) > _SENTENCE_CHARACTERS
    return (has_paragraph or has_subitem) and not is_sentence and len(line.text) <= _HEADING_CHARACTERS


def _number(lines: list[Line]) -> list[_Number | None]:
    """What each line's number says; a sub-item counts as one only under the item that it names, so 2.1 under item 3 is a paragraph."""
    numbers: list[_Number | None] = []
    section = item = 0
    for line in lines:
        number = _section(line, section + 1) or _subitem(line, item) or _item(line)
        if number and number.level == Level.SECTION:
            section, item = number.number, 0
        elif number and number.level == Level.ITEM:
            item = number.number
        numbers.append(number)
    return numbers


def _section(line: Line, expected: int) -> _Number | None:
    match = _SECTION.match(line.text)
    if not match or not _ROMAN.match(match["label"]) or _INITIALS.match(match["title"]) or len(line.text) > _HEADING_CHARACTERS:
        return None
    number = _roman_value(match["label"])
    is_in_turn = number == expected and len(line.text) <= _SECTION_CHARACTERS and not line.text.endswith(_SENTENCE_END)
    if match["title"] != match["title"].upper() and not is_in_turn:
        return None
    return _Number(Level.SECTION, match["label"], match["title"], number)


def _subitem(line: Line, item: int) -> _Number | None:
    match = _SUBITEM.match(line.text)
    if not match or int(match["item"]) != item or match["title"].lstrip('"“(')[0].islower():
        return None
    return _Number(Level.SUBITEM, match["label"], match["title"], int(match["subitem"]))


def _item(line: Line) -> _Number | None:
    match = _ITEM.match(line.text)
    return _Number(Level.ITEM, match["label"], match["title"], int(match["label"])) if match else None


def _roman_value(label: str) -> int:
    """XIV → 14; "" → 0."""
    values = [_ROMAN_VALUES[letter] for letter in label]
    return sum(-value if value < max(values[position:], default=0) else value for position, value in enumerate(values))
