"""From a file to its lines. What is not a text or a Word document of a sane size is refused here, before anything is parsed."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from django.utils.translation import gettext as _

from core.vietnamese import normalise

from .document import DocumentError, Line, Repair, RepairKind

MAX_BYTES = 5 * 1024 * 1024
# The programme has 15,500 characters: whatever is so much longer is no issued document.
MAX_CHARACTERS = 1_000_000
MAX_PARAGRAPHS = 5_000

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WIDE_SPACES = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def read_lines(source: Path | str | bytes, filename: str = "") -> tuple[list[Line], list[Repair]]:
    """The paragraphs of the file that are not blank, with what had to be done to see them."""
    name = _shown_name(filename or ("" if isinstance(source, bytes) else str(source)))
    data = source if isinstance(source, bytes) else _read_bytes(Path(source), name)
    if len(data) > MAX_BYTES:
        message = _("%(file)s lớn hơn %(limit)d MB. Văn bản chữ nhỏ hơn nhiều: hãy bỏ ảnh khỏi tệp, hoặc lưu thành văn bản thuần .txt (UTF-8).")
        raise DocumentError(message % {"file": name, "limit": MAX_BYTES // 1024 // 1024})
    if not data.strip():
        raise DocumentError(_("%(file)s rỗng. Hãy chọn lại tệp chứa toàn văn văn bản.") % {"file": name})
    _refuse_other_kinds(data, name)
    if name.lower().endswith(".docx"):
        # Here, not above: the Word library takes a fifth of a second that every start of the site would pay.
        from .word import read_word_lines

        lines, repairs = read_word_lines(data, name)
        _refuse_too_long(sum(len(line.text) for line in lines), name)
    else:
        text = _decode(data, name)
        _refuse_too_long(len(text), name)
        pieces = _LINE_ENDS.split(text)
        refuse_too_many(sum(1 for piece in pieces if piece.strip()))
        lines, repairs = [Line(number, piece) for number, piece in enumerate(pieces, start=1) if piece.strip()], []
    return _clean(lines, repairs)


def _shown_name(filename: str) -> str:
    return PurePath(filename.replace("\\", "/")).name[-80:] or _("Tệp")


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(_("Không mở được %(file)s. Kiểm tra đường dẫn và quyền đọc tệp.") % {"file": name}) from error


def _refuse_other_kinds(data: bytes, name: str) -> None:
    """By content first, because a wrong extension is the most common mistake; then by extension."""
    extension = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF"):
        raise DocumentError(_("%(file)s là tệp PDF. Hãy xin bản Word (.docx), hoặc chép chữ ra tệp .txt (UTF-8) rồi nhập tệp đó.") % {"file": name})
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocumentError(_("%(file)s đặt mật khẩu. Mở tệp bằng Word, bỏ mật khẩu rồi lưu lại.") % {"file": name})
        raise DocumentError(_("%(file)s là tệp Word đời cũ (.doc). Mở bằng Word, chọn Lưu thành: Tài liệu Word (.docx), rồi nhập tệp mới.") % {"file": name})
    if data.startswith(b"{\\rtf"):
        raise DocumentError(_("%(file)s là tệp RTF. Mở bằng Word, chọn Lưu thành: Tài liệu Word (.docx), rồi nhập tệp mới.") % {"file": name})
    if extension not in {".txt", ".docx"}:
        raise DocumentError(_("%(file)s không phải .txt hay .docx. Hãy lưu văn bản thành .docx, hoặc .txt mã UTF-8, rồi nhập lại.") % {"file": name})
    if extension == ".docx" and not data.startswith(_ZIP):
        raise DocumentError(_("%(file)s có đuôi .docx nhưng không phải tệp Word. Nếu là văn bản thuần, hãy đổi đuôi thành .txt.") % {"file": name})
    if extension == ".txt" and data.startswith(_ZIP):
        raise DocumentError(_("%(file)s có đuôi .txt nhưng là tệp Word hoặc tệp nén. Nếu là tệp Word, hãy đổi đuôi thành .docx.") % {"file": name})


def _refuse_too_long(characters: int, name: str) -> None:
    if characters > MAX_CHARACTERS:
        message = _("%(file)s có %(count)d ký tự, nhiều hơn mức %(limit)d của một văn bản. Hãy nhập từng văn bản một.")
        raise DocumentError(message % {"file": name, "count": characters, "limit": MAX_CHARACTERS})


def refuse_too_many(paragraphs: int) -> None:
    """Raise DocumentError if no one document has so many paragraphs."""
    if paragraphs > MAX_PARAGRAPHS:
        message = _("Tệp có %(count)d đoạn, nhiều hơn mức %(limit)d của một văn bản. Hãy nhập từng văn bản một.")
        raise DocumentError(message % {"count": paragraphs, "limit": MAX_PARAGRAPHS})


def _decode(data: bytes, name: str) -> str:
    not_utf8 = _("%(file)s không phải văn bản UTF-8. Trong Word hoặc Notepad, chọn Lưu thành: văn bản thuần (.txt), mã hóa UTF-8.") % {"file": name}
    if data.startswith(_UTF16):
        raise DocumentError(not_utf8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(not_utf8) from error
    if _CONTROL.search(text):
        raise DocumentError(_("%(file)s là tệp nhị phân, không phải văn bản. Hãy nhập tệp .docx hoặc .txt (UTF-8) của văn bản.") % {"file": name})
    if "\ufffd" in text:
        raise DocumentError(_("%(file)s có chữ đã hỏng (ký tự �) từ lần lưu trước. Hãy lấy lại từ bản gốc và lưu mã UTF-8.") % {"file": name})
    return text


def _clean(lines: list[Line], repairs: list[Repair]) -> tuple[list[Line], list[Repair]]:
    """Lines in NFC without hidden characters and blank lines; one note for each kind of change, at the first line that it touched."""
    cleaned: list[Line] = []
    hidden: list[int] = []
    composed: list[int] = []
    for line in lines:
        text, removed = _HIDDEN.subn("", line.text)
        hidden += [line.number] * removed
        if normalise(text) != text:
            text = normalise(text)
            composed.append(line.number)
        if text := _WIDE_SPACES.sub(" ", text).strip():
            cleaned.append(Line(line.number, text))
    notes = list(repairs)
    if hidden:
        explanation = _("Đã bỏ %(count)d ký tự ẩn (không nhìn thấy, không đọc được).") % {"count": len(hidden)}
        notes.append(Repair(RepairKind.HIDDEN, hidden[0], "", explanation))
    if composed:
        explanation = _("Dấu rời (Unicode tổ hợp) ở %(count)d dòng đã đưa về Unicode dựng sẵn; chữ không đổi.") % {"count": len(composed)}
        notes.append(Repair(RepairKind.COMPOSED, composed[0], "", explanation))
    return cleaned, notes
