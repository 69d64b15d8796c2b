"""Reading an issued document (.txt, .docx) into clauses. Pure: no models, no database; it reads, or refuses with a reason.

The words are kept as issued, misprints included. What is repaired is layout only, and every repair is listed; what looks wrong is listed
as a doubt for an editor, and stays. The steps, one module each: `files` and `word` (bytes to lines, wrong files refused), `layout` (seams,
marks, joins), `edges` (title, recipients, signer), `structure` (sections, items, sub-items, addresses), `doubts`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from .document import Clause, DocumentError, Doubt, DoubtKind, Heading, IssuedDocument, Level, Line, Repair, RepairKind
from .doubts import find_doubts
from .edges import cut_tail, cut_title, preamble_clauses
from .files import read_lines, refuse_too_many
from .layout import drop_rules, split_glued, strip_marks
from .structure import cut_body, opens_section

__all__ = [
    "Clause",
    "DocumentError",
    "Doubt",
    "DoubtKind",
    "Heading",
    "IssuedDocument",
    "Level",
    "Repair",
    "RepairKind",
    "read_document",
]

MAX_PARAGRAPH_CHARACTERS = 20_000


def read_document(source: Path | str | bytes, filename: str = "") -> IssuedDocument:
    """The document in the file (a path, or its bytes with their file name), cut into clauses.

    `filename` says what the bytes claim to be (.txt or .docx); for a path its own name is the default. Raises DocumentError, whose message
    is Vietnamese and says what to do, for anything that is not such a document: half a document is never returned.
    """
    source_lines, repairs = read_lines(source, filename)
    _refuse_shapeless(source_lines)
    lines, split = split_glued(source_lines)
    _refuse_shapeless(lines)
    lines, stripped = strip_marks(lines)
    lines, dropped = drop_rules(lines)

    front_count = next((position for position, line in enumerate(lines) if opens_section(line)), None)
    if front_count is None:
        raise DocumentError(
            _(
                "Không tìm thấy phần nào đánh số La Mã (I., II., III.…), nên không cắt được thành điều khoản. "
                "Kiểm tra lại tệp có đúng văn bản cần nhập không; mỗi phần phải mở đầu bằng một dòng riêng như “I. MỤC ĐÍCH, YÊU CẦU”."
            )
        )
    title, preamble, joined_front = cut_title(lines[:front_count])
    body, tail = cut_tail(lines[front_count:])
    parts, joined_body, numbering = cut_body(body)

    all_parts = (*preamble_clauses(preamble), *parts)
    document = IssuedDocument(
        title=tuple(line.text for line in title),
        parts=all_parts,
        recipients_label=tail.recipients_label,
        recipients=tail.recipients,
        signer=tail.signer,
        signer_title=tail.signer_title,
        repairs=tuple(_placed([*repairs, *split, *stripped, *dropped, *joined_front, *joined_body, *tail.repairs], all_parts, tail.line)),
        doubts=(),
    )
    if not document.body:
        raise DocumentError(_("Văn bản chỉ có tiêu đề phần, không có đoạn nào bên dưới. Kiểm tra lại tệp đã đủ nội dung chưa."))
    _refuse_repeated_addresses(all_parts)
    _prove_nothing_lost(source_lines, document)
    return document.with_doubts(find_doubts(document, numbering))


def _placed(repairs: Iterable[Repair], parts: tuple[Heading | Clause, ...], tail_line: int | None) -> list[Repair]:
    """The repairs in file order, each with the address of the part in which it lies: the first that starts on its line, or the last before."""
    starts = [part.line for part in parts]

    def address(line: int) -> str:
        if tail_line is not None and line >= tail_line:
            return "noi-nhan"
        position = bisect_left(starts, line)
        if position < len(starts) and starts[position] == line:
            return parts[position].address
        return parts[position - 1].address if position else "tieu-de"

    return sorted((repair.at(address(repair.line)) for repair in repairs), key=lambda repair: repair.line)


def _refuse_shapeless(lines: list[Line]) -> None:
    if not any(character.isalnum() for line in lines for character in line.text):
        raise DocumentError(_("Tệp không có chữ nào. Hãy chọn tệp chứa toàn văn văn bản."))
    refuse_too_many(len(lines))
    for line in lines:
        if len(line.text) > MAX_PARAGRAPH_CHARACTERS:
            message = _("Đoạn ở dòng %(line)d dài %(count)d ký tự: có lẽ tệp đã mất dấu xuống dòng. Hãy lưu lại tệp từ bản gốc, mỗi đoạn một dòng.")
            raise DocumentError(message % {"line": line.number, "count": len(line.text)})


def _refuse_repeated_addresses(parts: tuple[Heading | Clause, ...]) -> None:
    """An address is for ever, so two places cannot share one."""
    lines: dict[str, int] = {}
    for part in parts:
        if part.address in lines:
            message = _(
                "Số mục bị lặp: địa chỉ “%(address)s” có ở dòng %(first)d và dòng %(second)d. Kiểm tra tệp có bị dán hai lần hay đánh số nhầm không; "
                "nếu bản phát hành in trùng số, hãy sửa số trong tệp nhập rồi ghi chú việc này ở trang văn bản."
            )
            raise DocumentError(message % {"address": part.address, "first": lines[part.address], "second": part.line})
        lines[part.address] = part.line


def _prove_nothing_lost(source: list[Line], document: IssuedDocument) -> None:
    """Every letter and digit of the file is in the document, as often. A fault here is ours, and it must not reach readers."""
    before, after = (Counter(filter(str.isalnum, "".join(texts))) for texts in ((line.text for line in source), document.as_issued()))
    if before != after:
        lost = "".join(sorted((before - after) + (after - before)))[:20]
        raise DocumentError(
            _("Cắt văn bản làm sai lệch chữ so với tệp (%(letters)s). Đây là lỗi của phần mềm: hãy gửi tệp này cho quản trị.") % {"letters": lost}
        )
