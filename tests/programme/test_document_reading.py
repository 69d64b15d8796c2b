"""An issued document is cut into clauses with addresses for ever: words as issued, layout repaired and listed, doubts listed."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import docx
import pytest

from programme.reading import DoubtKind, IssuedDocument, RepairKind, read_document
from programme.reading.doubts import MAX_DOUBTS_OF_A_SORT, doubt_rules
from tests.programme.documents import SMALL, read, read_body, saved, word_file

SOURCE = Path(__file__).parents[2].parent / "shared" / "source" / "chuong-trinh-hanh-dong-nq36.txt"


@pytest.fixture(scope="module")
def source() -> Path:
    if not SOURCE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the programme is missing: {SOURCE}")
        pytest.skip("the programme's text is not beside the repository")
    return SOURCE


@pytest.fixture(scope="module")
def programme(source) -> IssuedDocument:
    return read_document(source)


# The programme itself


def test_the_programme_has_the_sections_items_and_paragraphs_that_were_counted(programme):
    levels = Counter(heading.level.value for heading in programme.headings)
    items = Counter(clause.section for clause in {(c.section, c.item): c for c in programme.body}.values())
    paragraphs = Counter((clause.section, clause.item, clause.subitem) for clause in programme.body)

    assert levels == {"section": 4, "item": 9, "subitem": 2}
    assert items == {"I": 2, "II": 2, "III": 5, "IV": 4}
    assert paragraphs == {
        ("I", "1", ""): 1,
        ("I", "2", ""): 2,
        ("II", "1", ""): 1,
        ("II", "2", "2.1"): 3,
        ("II", "2", "2.2"): 1,
        **{("III", item, ""): count for item, count in zip("12345", (4, 5, 8, 5, 5), strict=True)},
        **{("IV", item, ""): 1 for item in "1234"},
    }
    assert len(programme.body) == 39
    assert [clause.address for clause in programme.preamble] == ["mo-dau-d1"]
    assert len(programme.clauses) == 40


def test_addresses_of_the_programme_are_those_that_others_link_to(programme):
    clauses = {clause.address: clause for clause in programme.clauses}

    assert len(clauses) == 40
    assert clauses["ii-2-1-d3"].text.endswith("tăng 50%.")
    assert clauses["iii-1-d4"].text.startswith("Phát huy vai trò chủ đạo")
    assert "Kịp thời giới thiệu các thành tựu" in clauses["iii-1-d4"].text
    assert "vịt cổ xanh, cá mó, cá bống,...lai tạo" in clauses["iii-3-d1"].text
    assert clauses["iv-4-d1"].text.startswith("4. Ban cán sự đảng")
    assert clauses["mo-dau-d1"].text.endswith("như sau:")
    assert {heading.address for heading in programme.headings} >= {"i", "i-1", "ii-2", "ii-2-1", "ii-2-2", "iii-5", "iv"}


def test_a_clause_knows_the_headings_it_stands_under(programme):
    clauses = {clause.address: clause for clause in programme.clauses}

    assert [heading.text for heading in clauses["ii-2-1-d1"].headings] == ["II. MỤC TIÊU", "2. Mục tiêu cụ thể", "2.1. Mục tiêu đến năm 2030"]
    assert clauses["ii-2-1-d1"].subitem_heading == "2.1. Mục tiêu đến năm 2030"
    assert (clauses["iv-1-d1"].section_heading, clauses["iv-1-d1"].item_heading) == ("IV. TỔ CHỨC THỰC HIỆN", "")
    assert clauses["iii-2-d1"].headings[-1].title.startswith("Cụ thể hóa cơ chế, chính sách")


def test_every_word_of_the_programme_is_kept_in_its_order(programme, source):
    issued = source.read_text(encoding="utf-8").replace("**", " ")

    assert re.findall(r"\w+", " ".join(programme.as_issued())) == re.findall(r"\w+", issued)


def test_every_sign_of_the_programme_is_kept_too_beside_bold_marks_and_bullets(programme, source):
    issued = re.sub(r"^- ", "", source.read_text(encoding="utf-8").replace("**", ""), flags=re.MULTILINE)

    assert "".join("".join(programme.as_issued()).split()) == "".join(issued.split())


def test_title_recipients_and_signer_of_the_programme_are_fields(programme):
    assert programme.title[:3] == ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "CỦA BAN THƯỜNG VỤ TỈNH ỦY", "Thực hiện Nghị quyết số 36-NQ/TW, ngày 30/01/2023")
    assert programme.title[3].startswith("của Bộ Chính trị")
    assert len(programme.title) == 4
    assert len(programme.recipients) == 8
    assert (programme.recipients[0], programme.recipients[-1]) == ("Ban Bí thư Trung ương Đảng,", "Lưu: Văn phòng Tỉnh ủy.")
    assert programme.signer == "Hoàng Văn Nghiệm"
    assert programme.signer_title == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC")


def test_repairs_of_the_programme_are_three_glued_headings_two_joins_and_the_bold_marks(programme):
    assert [(repair.kind, repair.address) for repair in programme.repairs] == [
        (RepairKind.GLUED, "tieu-de"),
        (RepairKind.MARKS, "tieu-de"),
        (RepairKind.GLUED, "i"),
        (RepairKind.GLUED, "ii"),
        (RepairKind.JOINED, "iii-1-d4"),
        (RepairKind.JOINED, "iii-3-d1"),
    ]
    assert [repair.words for repair in programme.repairs if repair.kind == RepairKind.GLUED][1] == "I. MỤC ĐÍCH, YÊU CẦU | 1. Mục đích"
    assert "Kịp thời ⏎ giới thiệu" in next(repair.words for repair in programme.repairs if repair.address == "iii-1-d4")
    assert all(repair.explanation and repair.line for repair in programme.repairs)


def test_doubts_of_the_programme_are_those_that_a_reader_found(programme):
    assert [(doubt.address, doubt.words) for doubt in programme.doubts] == [
        ("i-1-d1", "hoá / hóa"),
        ("ii-2-2-d1", "Phân đấu"),
        ("iii-3-d1", "sớ"),
        ("iii-3-d1", "cá mó"),
        ("iii-3-d1", "cá bống,...lai tạo"),
    ]
    tone = programme.doubts[0]
    assert "“hoá” 5 lần" in tone.explanation
    assert "“hóa” 6 lần" in tone.explanation
    assert tone.places == ("i-1-d1", "iii-1-d1", "iii-3-d8", "iii-4-d3", "iii-4-d4")


# The same document as a Word file


def test_a_word_file_of_the_same_text_gives_the_same_clauses(programme, source):
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]

    from_word = read_document(word_file(lines), "chuong-trinh.docx")

    assert [(clause.address, clause.text) for clause in from_word.clauses] == [(clause.address, clause.text) for clause in programme.clauses]
    assert [heading.text for heading in from_word.headings] == [heading.text for heading in programme.headings]
    assert [(doubt.address, doubt.words) for doubt in from_word.doubts] == [(doubt.address, doubt.words) for doubt in programme.doubts]
    assert Counter(repair.kind for repair in from_word.repairs) == Counter(repair.kind for repair in programme.repairs)
    assert (from_word.title, from_word.recipients, from_word.signer) == (programme.title, programme.recipients, programme.signer)


def test_a_word_file_as_offices_make_it_gives_the_same_clauses(programme, source):
    """Bold is bold and not stars, lines of a heading are broken by Shift+Enter, recipients and signer stand side by side in a table."""
    document = docx.Document()
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    ending = lines.index("Nơi nhận:")
    for line in lines[:ending]:
        paragraph = document.add_paragraph()
        for position, piece in enumerate(line.replace("****", "\n").split("**")):
            paragraph.add_run(piece).bold = position % 2 == 1
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text = "\n".join(line for line in lines[ending:] if line.startswith(("-", "Nơi")))
    cells[1].text = "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\n\nHoàng Văn Nghiệm"

    from_word = read_document(saved(document), "chuong-trinh.docx")

    assert [(clause.address, clause.text) for clause in from_word.clauses] == [(clause.address, clause.text) for clause in programme.clauses]
    assert (from_word.title, from_word.recipients, from_word.signer) == (programme.title, programme.recipients, programme.signer)
    assert RepairKind.TABLE in {repair.kind for repair in from_word.repairs}


def test_bullets_that_word_draws_itself_still_list_the_recipients():
    document = docx.Document()
    for text in ("TÊN VĂN BẢN", "I. PHẦN MỘT", "Đoạn một.", "Nơi nhận:"):
        document.add_paragraph(text)
    for text in ("Các cấp ủy,", "Lưu: Văn phòng."):
        document.add_paragraph(text, style="List Bullet")
    for text in ("T/M BAN THƯỜNG VỤ", "Nguyễn Văn Mẫu"):
        document.add_paragraph(text)

    issued = read_document(saved(document), "van-ban.docx")

    assert issued.recipients == ("Các cấp ủy,", "Lưu: Văn phòng.")
    assert (issued.signer_title, issued.signer) == (("T/M BAN THƯỜNG VỤ",), "Nguyễn Văn Mẫu")


# How a document is cut


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    windows = read_document(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode(), "van-ban.txt")

    assert windows == read(SMALL)


@pytest.mark.parametrize(
    ("body", "addresses"),
    [
        pytest.param("1. Yêu cầu\n\nĐoạn một.\n\nĐoạn hai.", ["[i-1]", "i-1-d1", "i-1-d2"], id="a numbered line before paragraphs is a heading"),
        pytest.param("1. Cấp ủy thực hiện.\n\n2. Sở thực hiện.", ["i-1-d1", "i-2-d1"], id="a numbered line before the next number is a paragraph"),
        pytest.param("1. Kinh phí", ["i-1-d1"], id="a numbered line at the end is a paragraph"),
        pytest.param("1. Mục tiêu\n\n1.1. Đến năm 2030\n\nĐoạn.", ["[i-1]", "[i-1-1]", "i-1-1-d1"], id="an item over a sub-item is a heading"),
        pytest.param("1. Mục tiêu\n\n1.1. Tăng 50%.\n\n1.2. Giảm 5%.", ["[i-1]", "i-1-1-d1", "i-1-2-d1"], id="sub-items can be paragraphs"),
        pytest.param("1. " + "Cấp ủy thực hiện nghiêm túc " * 4 + ".\n\nĐoạn hai.", ["i-1-d1", "i-1-d2"], id="a long sentence is no heading"),
        pytest.param("1. Yêu cầu.\n\nĐoạn.", ["[i-1]", "i-1-d1"], id="a short heading may end with a full stop"),
        pytest.param("1) Mục đích:\n\n- Ý một;\n\n- Ý hai.", ["[i-1]", "i-1-d1", "i-1-d2"], id="dashes are paragraphs"),
        pytest.param("1- Mục đích\n\na) ý một;\n\nb) ý hai.", ["[i-1]", "i-1-d1", "i-1-d2"], id="a lettered list in lower case is not joined"),
        pytest.param("Đoạn của phần.\n\nĐoạn nữa.", ["i-d1", "i-d2"], id="a section can hold paragraphs of its own"),
        pytest.param(
            "36-NQ/TW là nghị quyết.\n\n1.500 tấn mỗi năm.\n\n2.5 triệu đồng.", ["i-d1", "i-d2", "i-d3"], id="a number that starts a sentence is no item"
        ),
        pytest.param("1. Mục đích\n\n2.1. Một ý lạc chỗ.", ["[i-1]", "i-1-d1"], id="a sub-item of another item is a paragraph"),
        pytest.param("Theo đó.\n\nV. I. Lê-nin viết.\n\nX-quang là tia.", ["i-d1", "i-d2", "i-d3"], id="initials are no section"),
        pytest.param("Đoạn.\n\nII. Tổ chức thực hiện\n\nĐoạn.", ["i-d1", "[ii]", "ii-d1"], id="a section in small letters counts when it is next"),
        pytest.param("Đoạn\n\nbị ngắt\n\nthành ba.", ["i-d1"], id="paragraphs that begin in lower case continue the one before"),
    ],
)
def test_a_line_is_heading_or_paragraph_by_where_it_stands(body, addresses):
    parts = read_body(body).parts[1:]

    assert [part.address if hasattr(part, "paragraph") else f"[{part.address}]" for part in parts] == addresses


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("Một ý.**2. Yêu cầu**", ["Một ý.", "2. Yêu cầu"]),
        ("**Một ý.****Hai ý.**", ["Một ý.", "Hai ý."]),
        ("Thực hiện **Nghị quyết** số 36.", ["Thực hiện Nghị quyết số 36."]),
        ("Khởi nghiệp (**Startup**) của tỉnh.", ["Khởi nghiệp (Startup) của tỉnh."]),
        ("**P**hấn đấu.", ["Phấn đấu."]),
        ("**Mục tiêu:** tăng 50%.", ["Mục tiêu: tăng 50%."]),
        ("Khí CO**2** giảm.", ["Khí CO2 giảm."]),
    ],
)
def test_bold_marks_split_glued_lines_and_never_a_sentence_or_a_word(line, pieces):
    assert [part.text for part in read_body(line).parts[1:]] == pieces


def test_hidden_characters_loose_accents_and_ruled_lines_are_repaired_and_listed():
    issued = read_body("Công\u00a0nghệ si\u200bnh ho\u0323c.\n\n* * *\n\nĐoạn hai.")

    assert [clause.text for clause in issued.clauses] == ["Công nghệ sinh học.", "Đoạn hai."]
    assert {repair.kind for repair in issued.repairs} == {RepairKind.HIDDEN, RepairKind.COMPOSED, RepairKind.RULE}


def test_a_signature_before_the_recipients_is_read_as_well():
    head, _, tail = SMALL.partition("Nơi nhận:")
    recipients, _, signature = tail.partition("T/M")

    issued = read(f"{head}T/M{signature}\n\nNơi nhận:{recipients}")

    assert issued.recipients == ("Các cấp ủy,", "Lưu: Văn phòng.")
    assert (issued.signer_title, issued.signer) == (("T/M BAN THƯỜNG VỤ", "BÍ THƯ"), "Nguyễn Văn Mẫu")


def test_a_document_without_title_recipients_and_signer_is_read_and_says_so():
    issued = read("I. PHẦN MỘT\n\nĐoạn một.")

    assert [doubt.address for doubt in issued.doubts if doubt.kind == DoubtKind.MISSING] == ["tieu-de", "noi-nhan", "nguoi-ky"]


# Doubts in any document


@pytest.mark.parametrize("rule", doubt_rules(), ids=lambda rule: rule.example)
def test_a_rule_finds_its_example_and_leaves_what_is_fine(rule):
    assert rule.pattern.search(rule.example)
    assert not rule.pattern.search(rule.fine)
    assert rule.explanation


@pytest.mark.parametrize(
    ("body", "kind", "address"),
    [
        ("1. Yêu cầu\n\nĐoạn.\n\n3. Kinh phí\n\nĐoạn.", DoubtKind.NUMBERING, "i-3"),
        ("2. Cấp ủy thực hiện.", DoubtKind.NUMBERING, "i-2-d1"),
        ("Đoạn.\n\nIII. KẾT LUẬN\n\nĐoạn.", DoubtKind.NUMBERING, "iii"),
        ("Đoạn.\n\nII. KẾT LUẬN", DoubtKind.MISSING, "ii"),
        ("Đoạn bị cắt cụt ở giữa", DoubtKind.ENDING, "i-d1"),
        ("1. các cấp ủy thực hiện.", DoubtKind.START, "i-1-d1"),
        ("Các giống (hồi, na.", DoubtKind.BRACKETS, "i-d1"),
        ("Sức khoẻ và sức khỏe.", DoubtKind.TONE, "i-d1"),
        ("Phân đấu tăng 50%.", DoubtKind.MISPRINT, "i-d1"),
    ],
)
def test_what_looks_wrong_is_told_with_its_place(body, kind, address):
    doubts = read_body(body).doubts

    assert [(doubt.kind, doubt.address, doubt.places) for doubt in doubts] == [(kind, address, (address,))]


def test_a_doubt_that_comes_very_often_is_counted_and_not_repeated():
    doubts = read_body("Nuôi cá mó. " * 50).doubts

    assert len(doubts) == MAX_DOUBTS_OF_A_SORT + 1
    assert doubts[-1].explanation.endswith("còn 30 chỗ như vậy.")


def test_a_clean_document_raises_no_doubt_and_no_repair():
    issued = read(SMALL)

    assert (issued.doubts, issued.repairs) == ((), ())
