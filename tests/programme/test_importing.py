"""An issued document becomes a page once; its words are never changed, and what is refused leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.content.loading import Report
from core.models import PortalDocument
from programme.importing import State
from programme.loaders import load_documents, load_targets
from programme.models import Clause, DocumentKind, DocumentPage, Target
from programme.particulars import ImportRefused
from tests.programme.documents import SMALL, word_file

pytestmark = pytest.mark.django_db

NUMBER, ISSUED_ON = "88-CTr/TU", "2023-06-19"


def bare(text: str) -> str:
    """The words of a text without white space and marks of bold type."""
    return re.sub(r"[\s*]", "", text)


@pytest.fixture
def run(tree, capsys):
    """`run(path, "--dry-run")`: the command as somebody types it; returns (exit code, what it said)."""

    def run(path: Path, *options: str, number: str = NUMBER, issued_on: str = ISSUED_ON) -> tuple[int, str]:
        try:
            call_command("import_document", str(path), "--number", number, "--issued-on", issued_on, *options)
        except CommandError as error:
            return error.returncode, str(error)
        return 0, capsys.readouterr().out

    return run


@pytest.fixture
def small_file(tmp_path) -> Path:
    path = tmp_path / "van-ban.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path


# The programme itself


def test_the_programme_is_cut_into_the_clauses_that_others_link_to(run, programme_file):
    code, said = run(programme_file)

    page = DocumentPage.objects.get(slug="88-ctr-tu")
    body = Clause.objects.filter(document=page).exclude(section="")
    assert code == 0
    assert "4 phần, 13 mục, 2 mục nhỏ, 39 đoạn và 1 đoạn mở đầu" in said
    assert len(set(body.values_list("section"))) == 4
    assert len(set(body.values_list("section", "item"))) == 13
    assert body.count() == 39
    assert page.clauses.count() == 40
    assert page.clauses.get(address="ii-2-1-d3").text.endswith("tăng 50%.")
    assert page.url == "/van-ban/88-ctr-tu/"


def test_the_words_of_all_clauses_are_the_words_of_the_file(run, programme_file):
    run(programme_file)

    page = DocumentPage.objects.get()
    told, last = page.title, ("", "", "")
    for clause in page.clauses.in_order():
        headings = (clause.section_heading, clause.item_heading, clause.subitem_heading)
        told += "".join(heading for heading, before in zip(headings, last, strict=True) if heading != before)
        told, last = told + clause.text, headings
    told += "Nơi nhận:" + page.recipients + page.signer_title + page.signer
    assert re.findall(r"\w", bare(told).casefold()) == re.findall(r"\w", bare(programme_file.read_text(encoding="utf-8")).casefold())


def test_the_programme_carries_what_its_file_does_not_say(run, programme_file):
    run(programme_file)

    page = DocumentPage.objects.get()
    assert (page.issuer, page.document_kind, page.issued_on) == ("Ban Thường vụ Tỉnh ủy Lạng Sơn", DocumentKind.PROGRAMME, dt.date(2023, 6, 19))
    assert page.title.startswith("Chương trình hành động của Ban Thường vụ Tỉnh ủy thực hiện Nghị quyết số 36-NQ/TW")
    assert page.seo_title == "Chương trình hành động số 88-CTr/TU"
    assert page.summary
    assert (page.signer, len(page.recipients.splitlines())) == ("Hoàng Văn Nghiệm", 8)
    assert page.file.filename.endswith(".txt")


def test_doubts_of_the_programme_stand_with_their_clauses(run, programme_file):
    _code, said = run(programme_file)

    found = {doubt["words"] for clause in Clause.objects.all() for doubt in clause.doubts}
    assert found == {"hoá / hóa", "Phân đấu", "sớ", "cá mó", "cá bống,...lai tạo"}
    assert all(words in said for words in found)
    assert said.count("Một dòng dính") == 3
    assert said.count("đã nối lại") == 2


def test_a_second_import_of_the_programme_makes_nothing_twice(run, programme_file):
    run(programme_file)
    before = DocumentPage.objects.get().latest_revision_id

    code, said = run(programme_file)

    assert code == 0
    assert "không đổi gì" in said
    assert (DocumentPage.objects.count(), Clause.objects.count(), PortalDocument.objects.count()) == (1, 40, 1)
    assert DocumentPage.objects.get().latest_revision_id == before


def test_a_dry_run_tells_all_and_writes_nothing(run, programme_file):
    code, said = run(programme_file, "--dry-run")

    assert code == 0
    assert "39 đoạn" in said
    assert "cá mó" in said
    assert (DocumentPage.objects.count(), Clause.objects.count(), PortalDocument.objects.count()) == (0, 0, 0)


def test_targets_are_tied_to_their_clauses_whichever_came_first(run, programme_file):
    load_targets(Report())
    assert not Target.objects.exclude(clause=None).exists()

    run(programme_file)

    assert Target.objects.get(slug="doanh-nghiep-hop-tac-xa-ung-dung").clause.address == "ii-2-1-d3"
    assert not Target.objects.filter(clause=None).exists()
    again = Report()
    load_targets(again)
    assert set(again.counts) == {"giữ nguyên"}


def test_the_loader_imports_the_programme_once(tree, programme_file):
    first, second = Report(), Report()

    load_documents(first)
    load_documents(second)

    assert dict(first.counts) == {"tạo mới": 1}
    assert dict(second.counts) == {"giữ nguyên": 1}
    assert Clause.objects.count() == 40


def test_a_machine_without_the_file_loads_without_the_programme(tree, settings, tmp_path):
    settings.SOURCE_DIR = tmp_path
    report = Report()

    load_documents(report)

    assert not report.counts
    assert not DocumentPage.objects.exists()


def test_a_broken_file_does_not_stop_the_loading(tree, settings, tmp_path):
    settings.SOURCE_DIR = tmp_path
    (tmp_path / "chuong-trinh-hanh-dong-nq36.txt").write_bytes(b"%PDF-1.7")
    said: list[str] = []

    load_documents(Report(say=said.append))

    assert "PDF" in said[0]
    assert not DocumentPage.objects.exists()


# Any document


def test_a_word_file_of_the_same_shape_gives_the_same_clauses(run, small_file, tmp_path):
    path = tmp_path / "van-ban.docx"
    path.write_bytes(word_file([line for line in SMALL.splitlines() if line]))

    run(small_file, number="1-CTr/TU")
    run(path, number="2-CTr/TU")

    texts = [list(page.clauses.in_order().values_list("address", "text")) for page in DocumentPage.objects.order_by("number")]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 3


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("anh.png", b"\x89PNG", "không phải .txt hay .docx"),
        ("rong.txt", b"", "rỗng"),
        ("ban.pdf", b"%PDF-1.7", "PDF"),
        ("khong-muc.txt", "Một đoạn văn không có mục nào.".encode(), "La Mã"),
        ("cut.txt", "TÊN VĂN BẢN\n\nI. PHẦN MỘT\n\nMột đoạn.\n\nII. PHẦN HAI".encode(), "không có đoạn nào"),
    ],
)
def test_a_wrong_file_is_refused_with_exit_code_two_and_nothing_is_written(run, tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)

    code, said = run(path)

    assert code == 2
    assert says in said
    assert not DocumentPage.objects.exists()


@pytest.mark.parametrize("day", ["2023-06-33", "hôm qua", ""])
def test_a_day_that_cannot_be_read_is_refused(run, small_file, day):
    with pytest.raises(CommandError, match="không phải ngày"):
        call_command("import_document", str(small_file), "--number", NUMBER, "--issued-on", day)


@pytest.mark.parametrize("day", ["19/6/2023", "2023-06-19", "19-06-2023"])
def test_days_are_read_as_people_write_them(run, small_file, day):
    assert run(small_file, issued_on=day)[0] == 0
    assert DocumentPage.objects.get().issued_on == dt.date(2023, 6, 19)


def test_a_day_to_come_is_refused(run, small_file):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    assert run(small_file, issued_on=tomorrow.isoformat())[0] == 2


@pytest.mark.parametrize(("number", "says"), [("", "phải có chữ hoặc số"), ("  ", "phải có chữ hoặc số"), ("7" * 61, "60"), ("\ud800", "phải có chữ hoặc số")])
def test_a_number_that_is_none_is_refused_by_a_dry_run_too(run, small_file, number, says):
    code, said = run(small_file, "--dry-run", number=number)

    assert code == 2
    assert says in said


@pytest.mark.parametrize("number", ["///", "—"])
def test_a_number_without_a_letter_or_digit_is_refused(save, number):
    with pytest.raises(ImportRefused, match="phải có chữ hoặc số"):
        save(number=number)


def test_before_the_tree_is_loaded_the_import_says_what_to_do(db, small_file):
    DocumentPage.objects.all().delete()
    with pytest.raises(CommandError, match="load_content"):
        call_command("import_document", str(small_file), "--number", NUMBER, "--issued-on", ISSUED_ON)


def test_other_words_at_an_address_that_is_there_are_refused(save):
    page = save().page

    with pytest.raises(ImportRefused, match=r"1 điều khoản \(i-d1\).*Nguyên văn đã ban hành không sửa"):
        save(SMALL.replace("Đoạn thứ nhất", "Đoạn khác"))

    assert page.clauses.get(address="i-d1").text == "Đoạn thứ nhất."


def test_a_clause_more_or_less_is_refused_too(save):
    save()

    with pytest.raises(ImportRefused, match="i-d2"):
        save(SMALL.replace("Đoạn thứ nhất.", "Đoạn thứ nhất.\n\nĐoạn thứ hai."))


def test_a_wrong_day_is_mended_by_importing_again(save):
    page = save().page
    page.summary = "Lời của biên tập."
    page.save_revision().publish()

    outcome = save(issued_on=dt.date(2023, 6, 20))

    page.refresh_from_db()
    assert (outcome.state, outcome.changes) == (State.RENEWED, ("ngày ban hành",))
    assert (page.issued_on, page.summary) == (dt.date(2023, 6, 20), "Lời của biên tập.")


def test_an_editors_draft_is_not_lost_to_an_import(save):
    page = save().page
    page.summary = "Bản nháp."
    page.save_revision()

    with pytest.raises(ImportRefused, match="bản nháp chưa đăng"):
        save(issued_on=dt.date(2023, 6, 20))

    assert save().state == State.UNCHANGED


def test_the_same_number_in_another_year_is_another_document(save):
    save()

    page = save(SMALL.replace("thứ nhất", "thứ hai"), issued_on=dt.date(2018, 6, 19)).page

    assert page.slug == "7-ctr-tu-2018"
    assert DocumentPage.objects.count() == 2


def test_an_address_that_another_page_has_is_refused(save):
    page = save().page
    page.number = "8-CTr/TU"
    page.save_revision().publish()

    with pytest.raises(ImportRefused, match="đã thuộc về một trang khác"):
        save()


def test_without_publication_the_page_is_a_draft_with_its_clauses(save, client):
    page = save(publish=False).page

    assert not page.live
    assert page.clauses.count() == 3
    assert client.get("/van-ban/7-ctr-tu/").status_code == 404
    assert save(publish=False).state == State.UNCHANGED


def test_a_title_may_change_its_capitals_and_nothing_else(save):
    assert save(title="Chương trình hành động").page.title == "Chương trình hành động"
    with pytest.raises(ImportRefused, match="đúng từng chữ"):
        save(number="8-CTr/TU", title="Chương trình hành động mới")


@pytest.mark.parametrize(
    ("number", "issuer"),
    [("9-CTr/TU", "Ban Thường vụ Tỉnh ủy Lạng Sơn"), ("12/2024/QĐ-UBND", "Ủy ban nhân dân tỉnh Lạng Sơn"), ("5", "Ban Thường vụ Tỉnh ủy Lạng Sơn")],
)
def test_who_issued_it_is_guessed_from_the_number_when_nobody_says(save, number, issuer):
    assert save(number=number).page.issuer == issuer


def test_a_file_that_the_library_has_already_is_not_kept_twice(save):
    first, second = save().page, save(number="8-CTr/TU").page

    assert first.file_id == second.file_id
    assert PortalDocument.objects.count() == 1


def test_issued_text_is_not_changed_through_the_model(document):
    clause = document.clauses.get(address="i-d1")
    clause.text = "Chữ khác."

    with pytest.raises(Exception, match="Nguyên văn đã ban hành không sửa"):
        clause.full_clean()
