"""A document as a tree: sections, items, sub-items, clauses. Works on clauses as read and on clauses as stored, which have the same names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from .reading import DoubtKind


@dataclass(slots=True)
class Part:
    """One level of the outline. `heading` as issued ("2. Yêu cầu"), "" for the preamble and for an item that is a single paragraph."""

    address: str
    heading: str
    clauses: list[Any] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def all_clauses(self) -> list[Any]:
        """The clauses here and below, in order."""
        return [*self.clauses, *(clause for part in self.parts for clause in part.all_clauses)]

    @property
    def clause_count(self) -> int:
        return len(self.all_clauses)

    @property
    def answered_count(self) -> int:
        """How many of the clauses have an item that answers to them."""
        return sum(1 for clause in self.all_clauses if getattr(clause, "answer_count", 0))


@dataclass(frozen=True, slots=True)
class Counts:
    """What people count in a document: four sections, thirteen items, two sub-items, 39 paragraphs beside one of preamble."""

    sections: int
    items: int
    subitems: int
    paragraphs: int
    preamble: int


def count(clauses: Iterable[Any]) -> Counts:
    """Sections, items and sub-items by their numbers, so that an item without a heading of its own counts too."""
    clauses = list(clauses)
    body = [clause for clause in clauses if clause.section]
    return Counts(
        sections=len({clause.section for clause in body}),
        items=len({(clause.section, clause.item) for clause in body if clause.item}),
        subitems=len({(clause.section, clause.subitem) for clause in body if clause.subitem}),
        paragraphs=len(body),
        preamble=len(clauses) - len(body),
    )


def outline(clauses: Sequence[Any]) -> list[Part]:
    """The sections in order, the preamble first as a part without heading; in each its items, in these their sub-items.

    Clauses that stand right under a section or an item are its own `clauses`; an item that is one paragraph has no part of its own.
    """
    return [_part(list(group), ("section", "item", "subitem")) for _section, group in groupby(clauses, key=lambda clause: clause.section)]


def _part(clauses: list[Any], levels: tuple[str, ...]) -> Part:
    level, *below = levels
    first = clauses[0]
    part = Part(_address(first, level), getattr(first, f"{level}_heading"))
    for _label, group in groupby(clauses, key=lambda clause: getattr(clause, below[0]) if below else ""):
        rows = list(group)
        if below and getattr(rows[0], f"{below[0]}_heading"):
            part.parts.append(_part(rows, tuple(below)))
        elif part.parts:
            # A paragraph after items that have headings: a part without heading keeps the order.
            part.parts.append(Part(rows[0].address, "", rows))
        else:
            part.clauses += rows
    return part


def _address(clause: Any, level: str) -> str:
    """ "iii", "iii-2" or "ii-2-1": the address of the heading, as the reading gives it; "mo-dau" for the preamble."""
    if not clause.section:
        return "mo-dau"
    label = {"section": "", "item": clause.item, "subitem": clause.subitem}[level]
    return "-".join([clause.section.lower(), *(number for number in label.split(".") if number)])


def marked(text: str, doubts: Iterable[Mapping[str, Any]]) -> list[tuple[str, bool]]:
    """The text in pieces, [(words, is doubtful)]: what a doubt quotes stands alone. Joined they are the text again.

    Of a syllable written in two ways ("hoá / hóa") the first, rarer one is marked, in any case.
    """
    patterns = []
    for doubt in doubts:
        words = doubt["words"].split(" / ")[0].strip() if doubt["kind"] == DoubtKind.TONE else doubt["words"].strip()
        whole = rf"(?<!\w)(?i:{re.escape(words)})(?!\w)" if doubt["kind"] == DoubtKind.TONE else re.escape(words)
        if words:
            patterns.append(whole)
    if not patterns:
        return [(text, False)]
    pieces = re.split(f"({'|'.join(sorted(patterns, key=len, reverse=True))})", text)
    return [(piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece]
