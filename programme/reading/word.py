"""From a Word file to its lines. The package is weighed before it is opened, and what would lose words is refused with a way out.

Everything in the body that carries text is walked in order (paragraphs, table cells row by row, content controls, links), because
python-docx's own `paragraphs` leaves out tables and controls, where real offices put the recipients and the signer.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from itertools import groupby
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from .document import DocumentError, Line, Repair, RepairKind
from .word_losses import refuse_what_would_lose_words

MAX_ENTRIES = 1_000
MAX_UNPACKED_BYTES = 30 * 1024 * 1024
MAX_RATIO = 100
MAX_PARAGRAPHS = 20_000  # blank ones and table cells too
_RATIO_MATTERS_FROM_BYTES = 1024 * 1024

_BREAKS = {qn("w:br"), qn("w:cr")}
_TEXTS = {qn("w:t"), qn("m:t")}


def read_word_lines(data: bytes, name: str) -> tuple[list[Line], list[Repair]]:
    """The paragraphs of a .docx in reading order; text in bold that touches text that is not is marked with **, as in a text file."""
    _refuse_unsafe_package(data, name)
    try:
        document = docx.Document(BytesIO(data))
        body = document.element.body
    except (
        OpcError,
        etree.LxmlError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        RuntimeError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise _broken(name) from error
    if body is None:
        raise _broken(name)
    if sum(1 for _paragraph in body.iter(qn("w:p"))) > MAX_PARAGRAPHS:
        raise DocumentError(_("%(file)s có hơn %(limit)d đoạn, quá dài cho một văn bản. Hãy nhập từng văn bản một.") % {"file": name, "limit": MAX_PARAGRAPHS})
    refuse_what_would_lose_words(document, body, name)
    lines: list[Line] = []
    for number, paragraph in enumerate(body.iter(qn("w:p")), start=1):
        lines += [Line(number, text) for text in _text_of(paragraph).split("\n")]
    return lines, _tables(body)


def _broken(name: str) -> DocumentError:
    return DocumentError(_("%(file)s bị hỏng hoặc không phải tệp Word. Mở bằng Word, lưu lại thành .docx rồi nhập lại.") % {"file": name})


def _refuse_unsafe_package(data: bytes, name: str) -> None:
    """A .docx is a zip: too many entries, too large once unpacked, a password, macros or a DTD are refused before a parser sees them."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            too_dense = any(e.file_size > _RATIO_MATTERS_FROM_BYTES and e.file_size > MAX_RATIO * max(e.compress_size, 1) for e in entries)
            if len(entries) > MAX_ENTRIES or too_dense or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES:
                message = _("%(file)s phình quá lớn khi giải nén, giống tệp phá hoại. Mở bằng Word, chép chữ sang tài liệu mới rồi nhập tài liệu đó.")
                raise DocumentError(message % {"file": name})
            if any(e.flag_bits & 0x1 for e in entries):
                raise DocumentError(_("%(file)s đặt mật khẩu. Mở tệp bằng Word, bỏ mật khẩu rồi lưu lại.") % {"file": name})
            names = {e.filename.lower() for e in entries}
            if len(names) < len(entries) or not {"[content_types].xml", "word/document.xml"} <= names:
                raise _broken(name)
            parts = {e.filename: package.read(e) for e in entries if e.filename.lower().endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _broken(name) from error
    if any("vbaproject" in entry for entry in names) or any(b"macroEnabled" in part for entry, part in parts.items() if entry == "[Content_Types].xml"):
        raise DocumentError(_("%(file)s chứa macro. Mở bằng Word, chọn Lưu thành: Tài liệu Word (.docx) không có macro.") % {"file": name})
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise _broken(name)


def _text_of(paragraph: Any) -> str:
    """The paragraph's text, line breaks kept, bold stretches between ** (neighbouring runs of one weight are one stretch)."""
    pieces: list[tuple[bool, str]] = []
    for node in paragraph.iter():
        if node.tag in _TEXTS:
            pieces.append((_is_bold(node.getparent()), node.text or ""))
        elif node.tag in _BREAKS:
            pieces.append((pieces[-1][0] if pieces else False, "\n"))
        elif node.tag == qn("w:tab") and node.getparent().tag == qn("w:r"):
            pieces.append((pieces[-1][0] if pieces else False, "\t"))
        elif node.tag == qn("w:noBreakHyphen"):
            pieces.append((pieces[-1][0] if pieces else False, "-"))
    stretches = [(bold, "".join(text for _bold, text in group)) for bold, group in groupby(pieces, key=lambda piece: piece[0])]
    if len(stretches) < 2:
        return "".join(text for _bold, text in stretches)
    # Marks hug each line of a stretch: a mark alone on its line would say nothing.
    return "".join("\n".join(f"**{line}**" if bold and line.strip() else line for line in text.split("\n")) for bold, text in stretches)


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _tables(body: Any) -> list[Repair]:
    """One note for each table: where it starts and that it was read row by row."""
    notes: list[Repair] = []
    numbers = {paragraph: number for number, paragraph in enumerate(body.iter(qn("w:p")), start=1)}
    for table in body.iter(qn("w:tbl")):
        first = next(table.iter(qn("w:p")), None)
        if first is not None:
            notes.append(
                Repair(RepairKind.TABLE, numbers[first], _text_of(first)[:80], _("Bảng trong Word được đọc thành các đoạn, lần lượt từng hàng, từng ô."))
            )
    return notes
