"""A file that is no issued document, is unsafe, or would lose words is refused, with what to do; no input makes the reading fail otherwise."""

from __future__ import annotations

import io
import os
import re
import time
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.reading import DocumentError, IssuedDocument, read_document
from tests.programme.documents import SMALL, read, repacked, saved, word_file

WORD_FILE = word_file(SMALL.splitlines())
WORD_XML = zipfile.ZipFile(io.BytesIO(WORD_FILE)).read("word/document.xml")


def encrypted_word() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "filename", "message"),
    [
        pytest.param(b"", "van-ban.txt", "rỗng", id="empty"),
        pytest.param(b"\xef\xbb\xbf\r\n \r\n", "van-ban.txt", "không có chữ nào", id="blank"),
        pytest.param(SMALL.encode("utf-16"), "van-ban.txt", "UTF-8", id="UTF-16"),
        pytest.param("Nghị quyết I. MỤC ĐÍCH".encode("cp1258", "replace"), "van-ban.txt", "UTF-8", id="Windows-1258"),
        pytest.param(b"\x00\x01\x02abc", "van-ban.txt", "nhị phân", id="binary"),
        pytest.param("I. MỤC\ufffd ĐÍCH".encode(), "van-ban.txt", "chữ đã hỏng", id="letters lost before"),
        pytest.param(b"%PDF-1.7 ...", "van-ban.txt", "PDF", id="PDF named txt"),
        pytest.param(b"%PDF-1.7 ...", "van-ban.docx", "PDF", id="PDF named docx"),
        pytest.param(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "van-ban.docx", "đời cũ", id="doc renamed"),
        pytest.param(encrypted_word(), "van-ban.docx", "mật khẩu", id="password"),
        pytest.param(rb"{\rtf1\ansi}", "van-ban.docx", "RTF", id="RTF"),
        pytest.param(b"abc", "van-ban.odt", "không phải .txt hay .docx", id="other extension"),
        pytest.param(b"abc", "", "không phải .txt hay .docx", id="no name"),
        pytest.param(SMALL.encode(), "van-ban.docx", "không phải tệp Word", id="text named docx"),
        pytest.param(word_file(["I. MỘT"]), "van-ban.txt", "đổi đuôi thành .docx", id="docx named txt"),
        pytest.param(b"PK\x03\x04 not a package", "van-ban.docx", "bị hỏng", id="broken package"),
        pytest.param(word_file(["I. MỘT"])[:-200], "van-ban.docx", "bị hỏng", id="docx cut short"),
        pytest.param(word_file([]), "van-ban.docx", "không có chữ nào", id="docx without text"),
        pytest.param("Chỉ là một bài báo.".encode(), "van-ban.txt", "phần nào đánh số La Mã", id="no section"),
        pytest.param("TÊN\n\nI. MỘT\n\nII. HAI".encode(), "van-ban.txt", "không có đoạn nào", id="headings only"),
        pytest.param((SMALL.partition("Nơi")[0] * 2).encode(), "van-ban.txt", "Số mục bị lặp", id="pasted twice"),
        pytest.param("I. MỘT\n\n1. Ý một.\n\n1. Ý hai.".encode(), "van-ban.txt", "“i-1-d1” có ở dòng 3 và dòng 5", id="a number twice"),
        pytest.param((SMALL + "\nPHỤ LỤC\n\nDanh mục.").encode(), "van-ban.txt", "phụ lục", id="appendix"),
        pytest.param((SMALL + "\nDòng thừa." * 9).encode(), "van-ban.txt", "người ký", id="text after the signer"),
        pytest.param((SMALL + "\n" + "Một đoạn dài. " * 20).encode(), "van-ban.txt", "người ký", id="a paragraph after the signer"),
        pytest.param(b"a" * (5 * 1024 * 1024 + 1), "van-ban.txt", "lớn hơn 5 MB", id="too large"),
        pytest.param(("I. MỘT\n" + "Chữ " * 6000).encode(), "van-ban.txt", "mất dấu xuống dòng", id="line ends lost"),
        pytest.param(("I. MỘT\n" + ("Chữ " * 1000 + "\n") * 300).encode(), "van-ban.txt", "ký tự, nhiều hơn mức", id="too long"),
        pytest.param(("I. MỘT\n" + "Ý.**B" * 3000 + "\n" + "Ý.**B" * 3000).encode(), "van-ban.txt", "6003 đoạn", id="too many glued paragraphs"),
        pytest.param(("I. MỘT\n" + "Ý.\n" * 6000).encode(), "van-ban.txt", "6001 đoạn", id="too many paragraphs"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(data, filename, message):
    with pytest.raises(DocumentError, match=re.escape(message)):
        read_document(data, filename)


def test_a_path_that_cannot_be_opened_is_refused(tmp_path):
    for path in (tmp_path / "khong-co.txt", tmp_path):
        with pytest.raises(DocumentError, match="Không mở được"):
            read_document(path)


def with_element(tag: str, text: str = "") -> bytes:
    """A Word file whose second paragraph carries the element, with a run of text inside."""
    document = docx.Document()
    document.add_paragraph("I. PHẦN MỘT")
    holder = OxmlElement(tag)
    run = OxmlElement("w:r")
    run.text = text
    holder.append(run)
    document.add_paragraph("Đoạn.")._p.append(holder)
    return saved(document)


def with_style(style: str) -> bytes:
    document = docx.Document()
    document.add_paragraph("I. PHẦN MỘT")
    document.add_paragraph("Đoạn.", style=style)
    return saved(document)


def with_font(font: str) -> bytes:
    document = docx.Document()
    document.add_paragraph("I. PHẦN MỘT").runs[0].font.name = font
    return saved(document)


def with_encrypted_flag(data: bytes) -> bytes:
    """The package with the first entry's encryption bit set, in its own header and in the directory."""
    marked = bytearray(data)
    marked[6] |= 1
    marked[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(lambda: repacked(word_file(["I. MỘT"]), word__media__a_xml=b" " * 9_000_000), "phình quá lớn", id="dense entry"),
        pytest.param(lambda: repacked(word_file(["I. MỘT"]), **{f"word__{n}": b"" for n in range(1100)}), "phình quá lớn", id="too many entries"),
        pytest.param(lambda: repacked(word_file(["I. MỘT"]), **{f"word__{n}": os.urandom(20_000) * 45 for n in range(40)}), "phình quá lớn", id="too large"),
        pytest.param(lambda: repacked(word_file(["I. MỘT"]), word__vbaProject=b"x"), "macro", id="macro"),
        pytest.param(lambda: with_encrypted_flag(word_file(["I. MỘT"])), "mật khẩu", id="zip password"),
        pytest.param(lambda: repacked(word_file(["I. MỘT"]), word__document_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "bị hỏng", id="DTD"),
        pytest.param(lambda: repacked(word_file(["I. MỘT"]), word__document_xml=b"<a><b></a>"), "bị hỏng", id="broken XML"),
        pytest.param(lambda: repacked(word_file(["I. MỘT"]), word__document_xml=b"<a/>"), "bị hỏng", id="other XML"),
        pytest.param(lambda: with_element("w:ins", "chữ thêm"), "Track Changes", id="tracked changes"),
        pytest.param(lambda: with_element("w:txbxContent", "chữ trong khung"), "text box", id="text box"),
        pytest.param(lambda: with_element("w:footnoteReference"), "chú thích", id="footnote"),
        pytest.param(lambda: with_style("List Number"), "đánh số mục tự động", id="numbers that Word makes"),
        pytest.param(lambda: with_font(".VnTime"), "UniKey", id="TCVN3 font"),
        pytest.param(lambda: with_font("VNI-Times"), "UniKey", id="VNI font"),
    ],
)
def test_a_word_file_that_is_unsafe_or_would_lose_words_is_refused(data, message):
    with pytest.raises(DocumentError, match=re.escape(message)):
        read_document(data(), "van-ban.docx")


def test_words_in_links_and_content_controls_are_read():
    assert read_document(with_element("w:sdt", "Thêm chữ."), "van-ban.docx").clauses[0].text == "Đoạn.Thêm chữ."


PIECES = ["I. MỘT", "II. HAI", "1. Ý", "1.1. Ý", "Nơi nhận:", "T/M BAN", "**", "a****B", "- ý", "đoạn", "Đoạn."]


def read_or_refused(data: bytes, filename: str) -> IssuedDocument | str:
    """The document, or the message of the refusal; any other exception is a failure."""
    try:
        return read_document(data, filename)
    except DocumentError as error:
        return str(error)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=30) | st.sampled_from(PIECES), max_size=12))
def test_any_text_is_read_without_losing_a_letter_or_refused(lines):
    outcome = read_or_refused("\n".join(lines).encode(errors="ignore"), "van-ban.txt")

    assert "lỗi của phần mềm" not in outcome if isinstance(outcome, str) else outcome.clauses


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WORD_FILE) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_word_file_is_refused_or_read(position, damage):
    damaged = WORD_FILE[:position] + damage + WORD_FILE[position + len(damage) :]

    assert read_or_refused(damaged, "van-ban.docx")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WORD_XML) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_to_the_text_of_a_word_file_is_refused_or_read(position, damage):
    damaged = WORD_XML[:position] + damage + WORD_XML[position + len(damage) :]

    assert read_or_refused(repacked(WORD_FILE, word__document_xml=damaged), "van-ban.docx")


@pytest.mark.parametrize("words", ["a,b;", "hoá hóa ", "x...", "a**a", "cá mó ", "1. "])
def test_a_document_of_three_hundred_thousand_characters_is_read_in_seconds(words):
    paragraph = "Ý " + words * (3_000 // len(words))
    text = "I. MỘT\n\n" + f"{paragraph}.\n" * (300_000 // len(f"{paragraph}.\n"))
    started = time.perf_counter()

    document = read(text)

    assert time.perf_counter() - started < 20
    assert len(document.body) > 90


@pytest.mark.parametrize("line", ["x\n", "a****B", "\u200b", "1. X\n"])
def test_a_long_file_of_many_scraps_is_refused_in_seconds(line):
    started = time.perf_counter()

    assert isinstance(read_or_refused(b"I. X\n" + line.encode() * (990_000 // len(line)), "van-ban.txt"), str)

    assert time.perf_counter() - started < 20
