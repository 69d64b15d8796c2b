"""The two ends of a document: title and preamble before the first section, recipients and signer after the last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .document import Clause, DocumentError, Line, Repair
from .layout import continues, join_broken

MAX_SIGNER_LINES = 8
MAX_SIGNER_CHARACTERS = 120

_RECIPIENTS = re.compile(r"nơi nhận\s*:?$", re.IGNORECASE)
_BULLET = re.compile(r"[-–—•+]\s*")
# "T/M BAN THƯỜNG VỤ", "TM. UBND", "KT. CHỦ TỊCH": on whose behalf the document is signed.
_ON_BEHALF = re.compile(r"(?:T/M|TM|K/T|KT|T/L|TL|TUQ|Q)\b[./]*\s*\S")
_APPENDIX = re.compile(r"phụ lục\b", re.IGNORECASE)
_SENTENCE_END = (".", ":", ";")


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands after the last clause. `line` is where it begins, None if there is nothing."""

    line: int | None
    recipients_label: str
    recipients: tuple[str, ...]
    signer_title: tuple[str, ...]
    signer: str
    repairs: tuple[Repair, ...]


def cut_title(lines: list[Line]) -> tuple[list[Line], list[Line], list[Repair]]:
    """(title, preamble, repairs): the preamble begins with the first line that ends a sentence, because no line of a title does.

    A line of the title may begin in lower case and stays a line; a preamble broken in two is joined.
    """
    start = next((position for position, line in enumerate(lines) if line.text.endswith(_SENTENCE_END)), len(lines))
    while 0 < start < len(lines) and continues(lines[start]):
        start -= 1
    preamble, repairs = join_broken(lines[start:])
    return lines[:start], preamble, repairs


def preamble_clauses(lines: list[Line]) -> list[Clause]:
    """The preamble's paragraphs, addressed `mo-dau-d1` and on."""
    return [Clause(f"mo-dau-d{n}", "", "", "", n, (), line.text, line.number) for n, line in enumerate(lines, start=1)]


def cut_tail(lines: list[Line]) -> tuple[list[Line], Tail]:
    """(body, tail): the tail begins at "Nơi nhận" or at the line that says on whose behalf the document is signed."""
    start = next((position for position, line in enumerate(lines) if _RECIPIENTS.match(line.text) or _is_on_behalf(line)), len(lines))
    return lines[:start], _read_tail(lines[start:])


def _is_on_behalf(line: Line) -> bool:
    return line.text == line.text.upper() and bool(_ON_BEHALF.match(line.text))


def _read_tail(lines: list[Line]) -> Tail:
    label = ""
    recipients: list[Line] = []
    signature: list[Line] = []
    listing = False
    for line in lines:
        if _APPENDIX.match(line.text):
            message = _("Tệp có phụ lục sau phần ký (dòng %(line)d). Hãy tách phụ lục thành tệp riêng rồi nhập phần còn lại.")
            raise DocumentError(message % {"line": line.number})
        if _RECIPIENTS.match(line.text) and not label:
            label, listing = line.text, True
        elif label and (_BULLET.match(line.text) or (listing and not _is_on_behalf(line) and _continues_list(line, recipients))):
            recipients.append(line)
        else:
            signature.append(line)
            listing = False
    stray = next((line for position, line in enumerate(signature) if position >= MAX_SIGNER_LINES or len(line.text) > MAX_SIGNER_CHARACTERS), None)
    if stray:
        message = _("Sau phần “Nơi nhận” còn nhiều dòng không phải tên và chức vụ người ký (từ dòng %(line)d). Hãy xóa hoặc tách phần đó thành tệp riêng.")
        raise DocumentError(message % {"line": stray.number})
    joined, repairs = join_broken(recipients)
    named = bool(signature) and signature[-1].text != signature[-1].text.upper()
    return Tail(
        line=lines[0].number if lines else None,
        recipients_label=label,
        recipients=tuple(_BULLET.sub("", line.text, count=1) if _BULLET.match(line.text) else line.text for line in joined),
        signer_title=tuple(line.text for line in (signature[:-1] if named else signature)),
        signer=signature[-1].text if named else "",
        repairs=tuple(repairs),
    )


def _continues_list(line: Line, recipients: list[Line]) -> bool:
    """A line without a bullet is a recipient where the list has no bullets (Word's own), or goes on with the one before."""
    return not any(_BULLET.match(recipient.text) for recipient in recipients) or continues(line)
