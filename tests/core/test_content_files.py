"""Content files are read as written, or refused with a Vietnamese line that names the file and what to do."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from core.blocks import BodyBlock
from core.content import ContentError
from core.content.files import read_folder, read_markdown, read_yaml
from core.content.loading import Report
from core.content.markdown import to_blocks, to_html
from core.content.translating import Catalogue
from core.content.values import Values
from news.models import ArticlePage
from topics.blocks import ItemBodyBlock
from topics.item_loading import fill_fields, load_items

FIRST_LOAD = dt.date(2026, 11, 1)
HEAD = "---\ntitle: Bệnh đốm lá hồi\n---\n"


@pytest.fixture(autouse=True)
def _root(tmp_path: Path, settings: Any) -> None:
    """Files are named from the repository's root; here that is the test's folder."""
    settings.ROOT = tmp_path


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def written(text: str | bytes, name: str = "benh-dom-la-hoi.md") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


@pytest.fixture
def values(tmp_path: Path) -> Values:
    return Values("news/data/articles/bai.md", FIRST_LOAD, tmp_path)


def test_a_file_gives_its_head_its_body_and_its_name_as_slug(written):
    found = read_markdown(written(f"{HEAD}\nLá có đốm nâu.\n"))

    assert (found.key, found.slug, found.data, found.body) == ("benh-dom-la-hoi.md", "benh-dom-la-hoi", {"title": "Bệnh đốm lá hồi"}, "Lá có đốm nâu.")


def test_text_comes_composed_however_the_file_is_encoded(written):
    plain = read_markdown(written(f"{HEAD}\nLá có đốm nâu."))
    odd = read_markdown(written(b"\xef\xbb\xbf" + unicodedata.normalize("NFD", f"{HEAD}\nLá có đốm nâu.").replace("\n", "\r\n").encode()))

    assert odd == plain


def test_any_change_of_a_file_is_seen(written):
    before = read_markdown(written(f"{HEAD}\nLá có đốm nâu."))
    after = read_markdown(written(f"{HEAD}\nLá có đốm nâu!"))

    assert before.digest != after.digest


def test_a_folder_is_read_in_the_order_of_names_and_a_missing_one_is_empty(written, tmp_path):
    for name in ("b.md", "a.md", "ghi-chu.txt"):
        written(HEAD, name)

    assert [file.slug for file in read_folder(tmp_path)] == ["a", "b"]
    assert list(read_folder(tmp_path / "không có")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Bài không có phần đầu", "benh-dom-la-hoi.md: thiếu phần đầu giữa hai dòng ---"),
        ("---\ntitle: Không có dòng đóng", "thiếu phần đầu giữa hai dòng ---"),
        ("", "thiếu phần đầu giữa hai dòng ---"),
        ("---\ntitle: [một\n---\n", "(?s)benh-dom-la-hoi.md: YAML sai: .*line 2"),
        ("---\nevent_on: 2026-02-30\n---\n", "YAML sai: day is out of range"),
        ("---\n- một\n- hai\n---\n", "phần đầu phải là các dòng “khóa: giá trị”"),
        ("---\n---\n", "phần đầu phải là các dòng “khóa: giá trị”"),
        ("Bệnh".encode("utf-16"), "không phải UTF-8. Hãy lưu lại bằng mã UTF-8"),
    ],
)
def test_a_broken_item_is_refused_with_its_name_and_what_to_do(written, text, message):
    with pytest.raises(ContentError, match=message):
        read_markdown(written(text))


def test_a_broken_list_is_refused_with_the_line(written):
    with pytest.raises(ContentError, match=r"(?s)terms.yaml: YAML sai: .*line 2"):
        read_yaml(written("- slug: hoi\n- slug: ]\n", "terms.yaml"))


def test_a_broken_catalogue_is_refused_with_its_name(written):
    with pytest.raises(ContentError, match=r"home\.po: không đọc được PO"):
        Catalogue(written('một = "one"', "home.po"))


def test_a_catalogue_gives_its_words_with_markup_only_where_the_source_has_the_same(written):
    catalogue = Catalogue(written('msgid "Xem <a id=\\"a1\\">bài</a> này."\nmsgstr "See <a id=\\"a1\\">this</a> page."\n', "home.po"))

    assert catalogue.find('Xem <a id="a1">bài</a> này.') == 'See <a id="a1">this</a> page.'
    assert catalogue.find("Xem bài này.") == "See this page."
    assert catalogue.find("Xem <b>bài</b> này.") == "See this page."
    assert catalogue.find("Xem bài kia.") is None


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("## Nhận biết", [("heading", {"text": "Nhận biết", "level": "h2"})]),
        ("### Sớm", [("heading", {"text": "Sớm", "level": "h3"})]),
        ("Một.\n\nHai **đậm** và *nghiêng*.", [("text", "<p>Một.</p><p>Hai <b>đậm</b> và <i>nghiêng</i>.</p>")]),
        ("- một\n- hai", [("text", "<ul><li>một</li><li>hai</li></ul>")]),
        ("Xem [bài](/tin-tuc/).", [("text", '<p>Xem <a href="/tin-tuc/">bài</a>.</p>')]),
        ("Không phải <b>HTML</b>.", [("text", "<p>Không phải &lt;b&gt;HTML&lt;/b&gt;.</p>")]),
        ("> Làm đúng lịch.\n> — Bà Thị M., trồng hồi", [("quote", {"text": "Làm đúng lịch.", "attribution": "Bà Thị M.", "role": "trồng hồi"})]),
        ("> Làm đúng lịch.\n> — Bà Thị M.", [("quote", {"text": "Làm đúng lịch.", "attribution": "Bà Thị M.", "role": ""})]),
        ("> Làm đúng lịch.", [("quote", {"text": "Làm đúng lịch."})]),
        (
            "Bảng: Lịch\n\n| Tháng | Việc |\n|---|---|\n| 11 | **Thu** [hái](/cam-nang/) |",
            [
                (
                    "table",
                    {
                        "caption": "Lịch",
                        "header_row": True,
                        "header_column": False,
                        "rows": [{"cells": [{"text": "Tháng"}, {"text": "Việc"}]}, {"cells": [{"text": "11"}, {"text": "Thu hái"}]}],
                    },
                )
            ],
        ),
        ("```callout\ntitle: Nhớ\ntext: Thăm vườn **mỗi tuần**\n```", [("callout", {"title": "Nhớ", "text": "Thăm vườn **mỗi tuần**"})]),
        ("Một.\n\n## Hai\n\nBa.", [("text", "<p>Một.</p>"), ("heading", {"text": "Hai", "level": "h2"}), ("text", "<p>Ba.</p>")]),
        ("", []),
    ],
)
def test_markdown_becomes_the_block_that_an_editor_would_have_chosen(markdown, blocks):
    assert [(block["type"], block["value"]) for block in to_blocks(markdown, "bai.md")] == blocks


def test_only_words_that_a_visitor_may_have_are_rich_text():
    assert to_html("[Bấm](javascript:alert(1)) <script>alert(1)</script>") == "<p>[Bấm](javascript:alert(1)) &lt;script&gt;alert(1)&lt;/script&gt;</p>"


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("+10d", dt.date(2026, 11, 11)),
        ("-3d", dt.date(2026, 10, 29)),
        ("+0d", FIRST_LOAD),
        ("+10d 08:00", dt.date(2026, 11, 11)),
        ("2026-10-01", dt.date(2026, 10, 1)),
        (dt.date(2026, 10, 1), dt.date(2026, 10, 1)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_counts_from_the_first_load_or_is_itself(values, raw, day):
    assert values.date(raw) == day


@pytest.mark.parametrize(("raw", "hour"), [("+10d 13:30", "13:30"), ("+10d", "08:00"), ("2026-11-11", "08:00"), (dt.datetime(2026, 11, 11, 6, 5), "06:05")])
def test_a_moment_is_local_time_and_eight_in_the_morning_where_none_is_given(values, raw, hour):
    moment = values.moment(raw)

    assert timezone.localtime(moment).strftime("%d/%m/%Y %H:%M") == f"11/11/2026 {hour}"


@pytest.mark.parametrize("raw", ["hôm nay", "10/11/2026", "2026-13-01", "10d", "+10d 8h"])
def test_a_day_that_is_none_is_refused_with_the_form_to_use(values, raw):
    with pytest.raises(ContentError, match=r"bai.md: ngày “.*” phải có dạng 2026-10-01 hoặc -3d"):
        values.date(raw)


def test_an_hour_that_is_none_is_refused(values):
    with pytest.raises(ContentError, match=r"bai.md: giờ trong “\+1d 25:00” phải từ 00:00 đến 23:59"):
        values.moment("+1d 25:00")


@pytest.mark.django_db
def test_an_unknown_key_is_refused_by_its_name(values):
    with pytest.raises(ContentError, match=r"bai\.md: không có ô “tomtat”"):
        fill_fields(ArticlePage(), {"title": "Bài", "tomtat": "…"}, values, ())


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("```hop-do\ntext: a\n```", "không có loại khối “hop-do”"),
        ("```\nmã lệnh\n```", "không có loại khối “”"),
        ("```callout\ntieu_de: Nhớ\ntext: a\n```", "khối không có ô “tieu_de”"),
        ("```callout\nno: Nhớ\n1: a\n```", "khối không có ô “1, False”"),
        ("```callout\nchỉ có chữ\n```", "khối “ghi nhớ” phải gồm các dòng “khóa: giá trị”"),
        ("```callout\n```", "khối “ghi nhớ” phải gồm các dòng “khóa: giá trị”"),
        ("```callout\ntext: [\n```", "khối “callout” có YAML sai"),
        ("```steps\nsteps: chỉ có chữ\n```", "chỗ này cần các dòng bắt đầu bằng “- ”, không phải “chỉ có chữ”"),
        ("```figures\nitems:\n- value: 18,5\n```", "“18,5” không phải con số. Viết 18.5, không viết 18,5"),
        ("```figures\nitems:\n- value: 18.5\n  unit: tấn\n  meaning: a\n  source: b\n  as_of: hôm nay\n```", "ngày “hôm nay” phải có dạng"),
        ("```figure\nimage: khong-co.webp\nalt: a\n```", "không có tệp ảnh khong-co.webp"),
        ("```contact\ncontact: khong-co\n```", "không có đầu mối liên hệ “khong-co”"),
        ("```related\npages: [khong-co]\n```", "không có .* “khong-co”"),
        ("| Tháng | Việc |\n|---|---|\n| 11 | Hái |", "không được để trống"),
    ],
)
@pytest.mark.django_db
def test_a_body_that_an_editor_could_not_have_saved_is_refused(values, body, message):
    with pytest.raises(ContentError, match=rf"bai.md: .*({message})"):
        values.stream(ItemBodyBlock(), body)


def test_a_row_of_a_table_with_a_cell_too_many_is_refused_with_its_number(values):
    table = {"caption": "Lịch", "rows": [{"cells": [{"text": "a"}]}, {"cells": [{"text": "a"}, {"text": "b"}]}]}

    with pytest.raises(ContentError, match="Hàng 2 có 2 ô, hàng đầu có 1 ô"):
        values.stream(BodyBlock(), [{"type": "table", "value": table}])


@pytest.mark.parametrize("raw", [{"type": "text"}, [{"type": "text"}], [7]])
def test_a_list_of_blocks_that_is_none_is_refused(values, raw):
    with pytest.raises(ContentError, match=r"bai\.md: "):
        values.stream(BodyBlock(), raw)


def test_figures_keep_every_digit_and_their_day(values):
    entry = {"value": 18.50, "unit": "tấn/ha", "meaning": "gấp rưỡi", "source": "Nội dung minh họa", "as_of": "-3d"}

    figure = values.stream(BodyBlock(), [{"type": "figures", "value": {"items": [entry]}}])[0].value["items"][0]

    assert (figure["value"], figure["as_of"]) == (Decimal("18.5"), dt.date(2026, 10, 29))


def test_the_same_block_has_the_same_id_at_every_load(values):
    body = "## Một\n\nHai.\n\n```steps\nsteps:\n- title: Ba\n- title: Bốn\n```"

    first, second = (values.stream(BodyBlock(), body).get_prep_value() for _load in range(2))

    assert first == second
    assert len({block["id"] for block in first}) == 3


@pytest.mark.django_db
def test_items_without_their_section_say_what_to_load_first(written, tmp_path):
    (tmp_path / "data" / "articles").mkdir(parents=True)
    written(HEAD, "data/articles/bai.md")

    with pytest.raises(ContentError, match=r"Chưa có mục /tin-tuc/: nạp home/data/home\.yaml trước"):
        load_items(Report(), tmp_path, "articles", ArticlePage)
