"""`/quan-tri/van-ban/nhap/`: who may import, what the preview shows, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import html
import os
import re
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from programme import held_files
from programme.models import Clause, DocumentPage
from tests.admin import errors_of, text_of
from tests.programme.documents import SMALL, word_file

pytestmark = pytest.mark.django_db

ADDRESS = "/quan-tri/van-ban/nhap/"
TYPED = {"number": "7-CTr/TU", "issued_on": "19/06/2023", "issuer": "Ban Thường vụ Tỉnh ủy", "document_kind": "", "title": "", "summary": "Tóm tắt của cổng."}
MISPRINTED = SMALL.replace("Đoạn thứ nhất.", "Phân đấu hoàn thành.")


def upload(text: str | bytes = SMALL, name: str = "van-ban.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def carried(response: Any) -> dict[str, str]:
    """The hidden fields that the preview carries to its buttons, and the form to its next try."""
    page = response.content.decode()
    fields = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page)
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


@pytest.fixture
def editor(login) -> Client:
    """Ban Tuyên giáo, whose work documents are."""
    return login("tuyengiao")


def typed_values(response: Any) -> dict[str, str]:
    """What the form that came back still holds."""
    form = response.context["form"]
    return {name: form[name].value() or "" for name in TYPED}


def test_a_visitor_is_asked_to_log_in(client, tree):
    response = client.get(ADDRESS)

    assert response.status_code == 302
    assert "/quan-tri/login/" in response.url


@pytest.mark.parametrize("role", ["phongvien", "bientap", "thuky", "chuyengia", "biendich", "quantri"])
def test_who_does_not_care_for_documents_is_refused(login, role):
    client = login(role)

    for response in (client.get(ADDRESS), client.post(ADDRESS, TYPED | {"file": upload()})):
        assert response.status_code == 302
        assert response.url == "/quan-tri/"
    assert not DocumentPage.objects.exists()


def test_the_menu_leads_to_the_form_those_who_may_import(editor, login):
    assert ADDRESS not in login("thuky").get("/quan-tri/").content.decode()
    assert ADDRESS in editor.get("/quan-tri/").content.decode()
    assert editor.get(ADDRESS).status_code == 200


def test_the_preview_shows_what_was_read_and_writes_nothing(editor):
    response = editor.post(ADDRESS, TYPED | {"file": upload(MISPRINTED)})

    told = text_of(response)
    assert "2 phần, 1 mục, 0 mục nhỏ, 2 đoạn và 1 đoạn mở đầu" in told
    assert "<mark>Phân đấu</mark> hoàn thành." in response.content.decode()
    assert "Có lẽ là “phấn đấu”" in told
    assert "/van-ban/7-ctr-tu/" in told
    assert not DocumentPage.objects.exists()
    assert not Clause.objects.exists()


def test_saving_the_preview_makes_the_page_with_its_clauses_and_file(editor, client):
    preview = editor.post(ADDRESS, TYPED | {"file": upload()})

    response = editor.post(ADDRESS, carried(preview) | {"action": "publish"})

    assert "Đã nhập văn bản 7-CTr/TU." in text_of(editor.get(response.url))
    page = DocumentPage.objects.get()
    assert response.url == f"/quan-tri/pages/{page.pk}/edit/"
    assert (page.live, page.number, page.issued_on, page.issuer) == (True, "7-CTr/TU", dt.date(2023, 6, 19), "Ban Thường vụ Tỉnh ủy")
    assert page.summary == "Tóm tắt của cổng."
    assert page.clauses.count() == 3
    assert client.get(page.file.url).status_code == 200
    assert "Đoạn thứ nhất." in client.get("/van-ban/7-ctr-tu/").content.decode()


def test_after_saving_one_click_leads_to_the_doubtful_clauses(editor):
    preview = editor.post(ADDRESS, TYPED | {"file": upload(MISPRINTED)})

    saved = editor.post(ADDRESS, carried(preview) | {"action": "publish"})

    page = DocumentPage.objects.get()
    address = f"/quan-tri/snippets/programme/clause/?document={page.pk}&has_doubts=true"
    assert html.escape(address) in editor.get(saved.url).content.decode()
    listed = text_of(editor.get(address))
    assert "i-d1" in listed
    assert "ii-1-d1" not in listed


def test_a_draft_is_saved_without_being_published(editor, client):
    preview = editor.post(ADDRESS, TYPED | {"file": upload()})

    editor.post(ADDRESS, carried(preview) | {"action": "save"})

    assert not DocumentPage.objects.get().live
    assert client.get("/van-ban/7-ctr-tu/").status_code == 404


def test_a_word_file_goes_the_same_way(editor):
    preview = editor.post(ADDRESS, TYPED | {"file": upload(word_file([line for line in SMALL.splitlines() if line]), "Văn bản.docx")})

    editor.post(ADDRESS, carried(preview) | {"action": "publish"})

    assert DocumentPage.objects.get().file.filename == "7-ctr-tu.docx"


def test_the_same_document_again_has_nothing_to_save(editor, document):
    response = editor.post(ADDRESS, TYPED | {"issuer": document.issuer, "file": upload()})

    assert "không có gì để lưu" in text_of(response)
    assert 'value="publish"' not in response.content.decode()


def test_a_number_that_another_text_has_is_refused_and_all_stays(editor, document):
    response = editor.post(ADDRESS, TYPED | {"file": upload(MISPRINTED)})

    assert "khác ở 1 điều khoản (i-d1)" in errors_of(response)["number"][0]
    assert typed_values(response) == TYPED
    assert "Đang giữ tệp “van-ban.txt”" in text_of(response)


TOMORROW = f"{timezone.localdate() + dt.timedelta(days=1):%d/%m/%Y}"


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"issued_on": "31/02/2023"}, "issued_on", "Không đọc được ngày này"),
        ({"issued_on": "hôm qua"}, "issued_on", "Không đọc được ngày này"),
        ({"issued_on": ""}, "issued_on", "để trống"),
        ({"issued_on": TOMORROW}, "issued_on", "tương lai"),
        ({"number": ""}, "number", "để trống"),
        ({"number": "///"}, "number", "phải có chữ hoặc số"),
        ({"number": "7" * 61}, "number", "60"),
        ({"title": "Tên khác"}, "title", "đúng từng chữ"),
        ({"summary": "a" * 301}, "summary", "300"),
        ({"issuer": "a" * 201}, "issuer", "200"),
        ({"document_kind": "tho"}, "document_kind", "tho"),
    ],
)
def test_a_wrong_particular_is_said_on_its_field_and_the_file_is_kept(editor, changes, field, says):
    response = editor.post(ADDRESS, TYPED | changes | {"file": upload()})

    assert says in errors_of(response)[field][0]
    assert typed_values(response) == TYPED | changes
    mended = editor.post(ADDRESS, TYPED | {"held": carried(response)["held"]})
    assert "Chưa ghi gì" in text_of(mended)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "rong.txt", "rỗng"),
        (b"%PDF-1.7", "ban.pdf", "PDF"),
        (b"\x89PNG\r\n", "anh.png", "không phải .txt hay .docx"),
        ("Không có mục nào.".encode(), "van-ban.txt", "La Mã"),
        ("Chữ".encode("utf-16"), "van-ban.txt", "UTF-8"),
        (b"PK\x03\x04xx", "van-ban.docx", "hỏng"),
        (b"a" * (5 * 1024 * 1024 + 1), "van-ban.txt", "5 MB"),
    ],
    ids=["empty", "pdf", "picture", "no sections", "utf-16", "broken word", "too large"],
)
def test_a_wrong_file_is_refused_on_its_field_and_what_was_typed_stays(editor, data, name, says):
    response = editor.post(ADDRESS, TYPED | {"file": upload(data, name)})

    assert says in errors_of(response)["file"][0]
    assert typed_values(response) == TYPED
    assert carried(response)["held"] == ""


def test_no_file_at_all_is_said_on_the_field(editor):
    response = editor.post(ADDRESS, TYPED)

    assert "Hãy chọn tệp" in errors_of(response)["file"][0]
    assert typed_values(response) == TYPED


def test_from_the_preview_one_can_go_back_and_change(editor):
    preview = editor.post(ADDRESS, TYPED | {"file": upload()})

    response = editor.post(ADDRESS, carried(preview) | {"action": "change"})

    assert typed_values(response) == TYPED
    assert "Đang giữ tệp “van-ban.txt”" in text_of(response)
    assert not DocumentPage.objects.exists()


def test_a_kept_file_goes_when_it_is_saved(editor, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    preview = editor.post(ADDRESS, TYPED | {"file": upload()})
    [kept] = (tmp_path / "imports").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600

    editor.post(ADDRESS, carried(preview) | {"action": "publish"})

    assert not kept.exists()


def test_a_file_that_nobody_came_back_for_is_forgotten(editor, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    preview = editor.post(ADDRESS, TYPED | {"file": upload()})
    [old] = (tmp_path / "imports").iterdir()
    past = time.time() - held_files.KEPT_SECONDS - 1
    os.utime(old, (past, past))

    editor.post(ADDRESS, TYPED | {"file": upload()})
    response = editor.post(ADDRESS, carried(preview) | {"action": "publish"})

    assert not old.exists()
    assert "hết hạn" in errors_of(response)["file"][0]
    assert typed_values(response) == TYPED
    assert not DocumentPage.objects.exists()


@pytest.mark.parametrize("token", ["x", "../../etc/passwd", "eyJrIjoxfQ:x:y", "\ud800"])
def test_a_token_that_is_not_ours_opens_nothing(editor, token):
    response = editor.post(ADDRESS, TYPED | {"held": token.encode("utf-8", "replace").decode(), "action": "publish"})

    assert "hết hạn" in errors_of(response)["file"][0]


def test_somebody_elses_token_opens_nothing(editor, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    token = held_files.hold(held_files.SourceFile("van-ban.txt", SMALL.encode()), user_id=999_999)

    response = editor.post(ADDRESS, TYPED | {"held": token, "action": "publish"})

    assert "hết hạn" in errors_of(response)["file"][0]
    assert not DocumentPage.objects.exists()


def test_the_form_of_a_clause_cannot_change_what_was_issued(editor, document):
    clause = document.clauses.get(address="i-d1")
    address = f"/quan-tri/snippets/programme/clause/edit/{clause.pk}/"
    assert "Đoạn thứ nhất." in text_of(editor.get(address))

    changes = {"text": "Chữ khác.", "address": "ii-d9", "corrected_text": "Đoạn thứ nhất, đã chỉnh.", "note": "Đối chiếu bản giấy."}
    editor.post(address, changes)

    clause.refresh_from_db()
    assert (clause.text, clause.address) == ("Đoạn thứ nhất.", "i-d1")
    assert (clause.corrected_text, clause.note) == ("Đoạn thứ nhất, đã chỉnh.", "Đối chiếu bản giấy.")


def test_the_form_of_a_clause_says_what_is_doubtful_and_why(editor, save):
    clause = save(MISPRINTED).page.clauses.get(address="i-d1")

    page = editor.get(f"/quan-tri/snippets/programme/clause/edit/{clause.pk}/").content.decode()

    assert "<mark>Phân đấu</mark> Có lẽ là “phấn đấu”" in page
    assert "misprint" not in page


@pytest.mark.parametrize("role", ["phongvien", "bientap"])
def test_who_does_not_care_for_documents_cannot_correct_a_clause(login, document, role):
    clause = document.clauses.get(address="i-d1")

    response = login(role).post(f"/quan-tri/snippets/programme/clause/edit/{clause.pk}/", {"corrected_text": "Chữ khác."})

    clause.refresh_from_db()
    assert response.status_code == 302
    assert clause.corrected_text == ""
