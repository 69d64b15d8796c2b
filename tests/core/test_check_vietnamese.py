"""The packages speak Vietnamese: every sentence of theirs, in the words of the one glossary."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from core import glossary, package_catalogues
from core.glossary import GlossaryError, read_glossary
from core.package_catalogues import Sentence, Translation, our_entries, package_translations
from core.translation_checks import faults

TABLE = """# Từ vựng

## Trang

| Tiếng Anh | Tiếng Việt | Không viết | Luôn | Ghi chú |
|---|---|---|---|---|
| draft | bản nháp, nháp | dự thảo | có | |
| file | tệp | tập tin | | |
| * | | vui lòng | | |

## Giữ nguyên

- `Wagtail` `URL`
"""


@pytest.fixture
def words(tmp_path: Path) -> glossary.Glossary:
    path = tmp_path / "tu-vung.md"
    path.write_text(TABLE, encoding="utf-8")
    return read_glossary(path)


@pytest.fixture(scope="module")
def said() -> list[Translation]:
    """What the packages' catalogues say here (their code is read by the command)."""
    return package_translations(with_code=False)


@pytest.mark.parametrize(
    ("english", "many", "vietnamese", "fault"),
    [
        ("Save", "", "", "chưa dịch"),
        ("Save", "", "Save", "giống hệt tiếng Anh"),
        ("Wagtail URL", "", "Wagtail URL", None),
        ("%(size)s", "", "%(size)s", None),
        ("Upload it", "", "Upload đi", "còn chữ nước ngoài: Upload"),
        ("Save %(title)s", "", "Lưu", "mất chỗ điền: %(title)s"),
        ("Save %(title)s", "", "Lưu %(titel)s", "có chỗ điền lạ: %(titel)s"),
        ("{} of {}", "", "{} trên", "chỗ điền không tên phải đủ"),
        ("Save %s", "", "Lưu %s", None),
        ("1 page", "%(count)s pages", "1 trang", "mất chỗ điền: %(count)s"),
        ("1 page", "%(count)s pages", "%(count)s trang", None),
        ("See <b>all</b>", "", "Xem tất cả", "thẻ HTML khác bản gốc"),
        ('See <a href="x">all</a>', "", '<a href="y">Xem tất cả</a>', "thẻ HTML khác bản gốc"),
        ("Locale: ", "", "Ngôn ngữ:", "khoảng trắng ở cuối câu"),
        ("Harmony", "", "Hoà", "dấu đặt kiểu cũ"),
        ("Cancel", "", "Huỷ", "dấu đặt kiểu cũ"),
        ("Cancel", "", "Hủy", None),
        ("Draft saved", "", "Đã lưu dự thảo", "viết “dự thảo”, hãy viết “bản nháp / nháp”"),
        ("Draft saved", "", "Đã lưu", "“draft” không được dịch là “bản nháp / nháp”"),
        ("Drafts", "", "Các bản nháp", None),
        ("Choose one", "", "Vui lòng chọn", "viết “vui lòng”"),
        ("Choose a file", "", "Chọn cái khác", None),
        ("Profile", "", "Tập tin", None),
    ],
)
def test_what_is_wrong_with_a_sentence_is_said(words: glossary.Glossary, english: str, many: str, vietnamese: str, fault: str | None) -> None:
    found = list(faults(Translation(Sentence("django", english, many=many), ["x"], [vietnamese] if vietnamese else []), words))

    assert (found == []) if fault is None else any(fault in one for one in found), found


def test_a_doubtful_translation_is_a_fault(words: glossary.Glossary) -> None:
    assert "bản dịch còn ngờ (fuzzy)" in list(faults(Translation(Sentence("django", "Save"), ["x"], ["Lưu"], is_fuzzy=True), words))


def test_a_placeholder_is_left_out_only_when_the_catalogue_says_why(words: glossary.Glossary) -> None:
    sentence = Sentence("django", "Correct %(field)s.")

    assert list(faults(Translation(sentence, ["x"], ["Hãy sửa."], note="Bỏ %(field)s: tên trong mã."), words)) == []
    assert list(faults(Translation(sentence, ["x"], ["Hãy sửa."]), words)) == ["mất chỗ điền: %(field)s"]


@pytest.mark.parametrize(
    ("text", "message"), [("# Không có bảng\n", "không có bảng nào"), (TABLE.replace("| draft | bản nháp, nháp |", "| draft |"), "dòng 7")]
)
def test_a_glossary_that_cannot_be_read_says_where(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "tu-vung.md"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(GlossaryError, match=message):
        read_glossary(path)


def test_every_sentence_of_the_packages_is_said_in_the_words_of_the_glossary(said: list[Translation]) -> None:
    words = read_glossary()
    wrong = {one.sentence.english: found for one in said if (found := list(faults(one, words)))}

    assert wrong == {}
    assert {"wagtail.admin", "wagtail_localize", "wagtailmedia", "taggit", "django.conf", "django.contrib.auth"} <= {one.packages[0] for one in said}


def test_what_is_checked_is_what_django_says(said: list[Translation]) -> None:
    with translation.override("vi"):
        for one in said:
            sentence = one.sentence
            if sentence.domain != "django":
                continue
            if sentence.many:
                shown = translation.npgettext(sentence.context, sentence.english, sentence.many, 2) if sentence.context else None
                shown = shown or translation.ngettext(sentence.english, sentence.many, 2)
            else:
                shown = translation.pgettext(sentence.context, sentence.english) if sentence.context else translation.gettext(sentence.english)
            assert shown == one.said[0], sentence


def test_a_faulty_catalogue_stops_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    bad = Translation(Sentence("django", "Save draft"), ["wagtail.admin"])
    monkeypatch.setattr("core.management.commands.check_vietnamese.package_translations", lambda: [bad])

    with pytest.raises(CommandError, match="1 trên 1 câu") as stopped:
        call_command("check_vietnamese")

    assert stopped.value.returncode == 1
    assert "wagtail.admin, django: chưa dịch" in capsys.readouterr().err


@pytest.mark.parametrize("domain", package_catalogues.DOMAINS)
def test_our_catalogues_are_sorted_as_they_are_read(domain: str) -> None:
    keys = [(english, context) for context, english in our_entries(domain)]

    assert keys == sorted(keys)
