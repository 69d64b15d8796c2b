"""Small issued documents, as text and as Word files, for the tests of the reading."""

from __future__ import annotations

import io
import zipfile

import docx

from programme.reading import IssuedDocument, read_document

SMALL = """CHƯƠNG TRÌNH HÀNH ĐỘNG

Thực hiện Nghị quyết, Ban Thường vụ xây dựng Chương trình như sau:

I. MỤC ĐÍCH

Đoạn thứ nhất.

II. TỔ CHỨC THỰC HIỆN

1. Các cấp ủy tổ chức thực hiện.

Nơi nhận:

- Các cấp ủy,
- Lưu: Văn phòng.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Nguyễn Văn Mẫu
"""


def read(text: str) -> IssuedDocument:
    return read_document(text.encode(), "van-ban.txt")


def read_body(body: str) -> IssuedDocument:
    """A document whose section I holds the given paragraphs."""
    return read(f"TÊN VĂN BẢN\n\nI. PHẦN MỘT\n\n{body}\n\nNơi nhận:\n- Lưu.\n\nT/M BAN\n\nNguyễn Văn Mẫu")


def word_file(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, **entries: bytes) -> bytes:
    """The package with entries added or replaced; `__` in a name stands for a slash, `_xml` for its extension."""
    buffer = io.BytesIO()
    changed = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in entries.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return buffer.getvalue()
