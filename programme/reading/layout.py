"""Repairs of layout: seams between glued lines, ** marks, ruled lines, paragraphs broken in two. Words are never touched."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .document import Line, Repair, RepairKind

_MARKS = re.compile(r"\*\*+")
# Where bold text begins or ends and nothing stands on either side of the marks. Four marks close one bold stretch and open the next.
_SEAM = re.compile(r"(?<=[^\s*])(?P<marks>\*{2,})(?=[^\s*])")
_ENDS_WORD = re.compile(r"(?:[^\W_]{2}|[.:;,!?)”\"…%])$")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})?[.)–-]\s*[^\W\d_]")
_LETTERED = re.compile(r"[^\W\d_]{1,2}[.)]\s")  # "a) ", "đ. ": a list, though it begins in lower case

_SHOWN_CHARACTERS = 60


def split_glued(lines: list[Line]) -> tuple[list[Line], list[Repair]]:
    """Lines in which several were glued together, split. The pieces keep the line's number.

    A pair of marks is a seam when a whole word ends before it and a capital or a number opens after it: "YÊU CẦU**1. Mục đích**" is two
    lines, "(**Startup**)", "**P**hấn đấu" and "theo **Nghị quyết**" are one. Four marks are always a seam.
    """
    split: list[Line] = []
    repairs: list[Repair] = []
    for line in lines:
        pieces: list[str] = []
        start = 0
        for seam in _SEAM.finditer(line.text):
            if _is_seam(line.text, seam):
                pieces.append(line.text[start : seam.start()])
                start = seam.end()
        pieces.append(line.text[start:])
        split += [Line(line.number, piece) for piece in pieces if _without_marks(piece)]
        if len(pieces) > 1:
            words = " | ".join(_without_marks(piece) for piece in pieces)
            explanation = _("Một dòng dính %(count)d dòng vào nhau: đã tách ra.") % {"count": len(pieces)}
            repairs.append(Repair(RepairKind.GLUED, line.number, words, explanation))
    return split, repairs


def _is_seam(text: str, seam: re.Match[str]) -> bool:
    if len(seam["marks"]) >= 4:
        return True
    after = text[seam.end() : seam.end() + 12]
    return bool(_ENDS_WORD.search(text[: seam.start()][-2:])) and (after[0].isupper() or bool(_NUMBERED.match(after)))


def strip_marks(lines: list[Line]) -> tuple[list[Line], list[Repair]]:
    """Lines without the marks of bold text, and one note that says on how many lines there were some."""
    marked = [line for line in lines if "**" in line.text]
    stripped = [Line(line.number, _without_marks(line.text)) if "**" in line.text else line for line in lines]
    if not marked:
        return stripped, []
    explanation = _("Đã bỏ dấu ** (chữ đậm) ở %(count)d dòng.") % {"count": len({line.number for line in marked})}
    return stripped, [Repair(RepairKind.MARKS, marked[0].number, _without_marks(marked[0].text)[:_SHOWN_CHARACTERS], explanation)]


def _without_marks(text: str) -> str:
    return _MARKS.sub("", text).strip()


def drop_rules(lines: list[Line]) -> tuple[list[Line], list[Repair]]:
    """Lines without those that only draw something (---, * * *, ____)."""
    kept: list[Line] = []
    repairs: list[Repair] = []
    for line in lines:
        if any(character.isalnum() for character in line.text):
            kept.append(line)
        else:
            repairs.append(Repair(RepairKind.RULE, line.number, line.text[:_SHOWN_CHARACTERS], _("Đã bỏ dòng kẻ, không có chữ.")))
    return kept, repairs


def join_broken(lines: list[Line]) -> tuple[list[Line], list[Repair]]:
    """Lines in which one that begins in lower case continues the one before; items of a lettered list do not."""
    joined: list[Line] = []
    repairs: list[Repair] = []
    for line in lines:
        if joined and continues(line):
            before = joined.pop()
            joined.append(Line(before.number, f"{before.text} {line.text}"))
            words = f"…{before.text[-_SHOWN_CHARACTERS:]} ⏎ {line.text[:_SHOWN_CHARACTERS]}…"
            repairs.append(Repair(RepairKind.JOINED, line.number, words, _("Đoạn bắt đầu bằng chữ thường là phần tiếp của đoạn trước: đã nối lại.")))
        else:
            joined.append(line)
    return joined, repairs


def continues(line: Line) -> bool:
    """The line begins in the middle of a sentence."""
    return line.text[0].islower() and not _LETTERED.match(line.text)
