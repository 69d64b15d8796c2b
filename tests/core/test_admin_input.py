"""What people type wrong in the admin is said on the field in Vietnamese, and what was typed stays."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Page

from achievements.models import AchievementPage, Honour, HonoureePage
from core.slugs import SLUG_FORMATTERS
from core.vietnamese import ALPHABET, TONES, normalise, slugify
from home.models import PlainPage
from knowledge_base.models import QuestionPage
from news.models import ArticlePage
from outreach.models import EventPage
from tests.admin import add_url, errors_of, fill, form_of, snippet_url
from tests.conftest import Tree
from topics.models import Contact, Product

VOWELS = "aăâeêioôơuưy"
LETTERS = sorted({normalise(base + tone) for letter in ALPHABET for base in (letter, letter.upper()) for tone in (TONES if letter in VOWELS else ("",))})


def as_the_browser(text: str) -> str:
    """What Wagtail's script makes of a title: it trims, runs our formatters in order, then its own ASCII slug."""
    typed = text.strip()
    for pattern, plain in SLUG_FORMATTERS:
        typed = re.sub(pattern, plain, typed)
    return re.sub(r"[^A-Za-z0-9\-_]", "", re.sub(r"\s+", "-", typed)).lower()


# The formatters run in a real browser in the end-to-end tests; here the same table is read by Python's expressions.
def test_every_vietnamese_letter_is_the_same_in_browser_and_server() -> None:
    assert len(LETTERS) > 150
    assert [letter for letter in LETTERS if as_the_browser(letter) != slugify(letter)] == []


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Bệnh đốm lá hồi", "benh-dom-la-hoi"),
        ("  Đắk – Đà: “ĐỐM”, v.v…  ", "dak-da-dom-v-v"),
        ("Nghị quyết số 36-NQ/TW", "nghi-quyet-so-36-nq-tw"),
        ("Tăng 50% (2026)", "tang-50-2026"),
        ("Be\u0302\u0323nh \u0111o\u0302\u0301m", "benh-dom"),
        ("Hỏi – đáp", "hoi-dap"),
    ],
)
def test_titles_make_the_same_address_on_both_sides(title: str, slug: str) -> None:
    assert (as_the_browser(title), slugify(title)) == (slug, slug)


@given(st.text(alphabet="".join(LETTERS) + " -–.,:;!?()/\"'“”0123456789", max_size=60))
def test_any_vietnamese_title_does(title: str) -> None:
    assert as_the_browser(title) == slugify(title)


@pytest.fixture
def desk(tree: Tree) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("desk", "desk@example.org"))
    return client


MONDAY_FIRST = re.compile(r'"dayOfWeekStart": 1\b')


def test_dates_are_shown_and_read_day_first_and_weeks_begin_on_monday(desk: Client, tree: Tree) -> None:
    address = add_url(ArticlePage, tree.section("tin-tuc"))
    screen = desk.get(address).content.decode()
    assert MONDAY_FIRST.search(screen)
    assert '"format": "d/m/Y"' in screen

    fill(desk, address, ArticlePage, title="Hội chợ", slug="hoi-cho", event_on="11/10/2026")
    article = ArticlePage.objects.get()
    assert article.event_on == dt.date(2026, 10, 11)
    assert form_of(desk.get(reverse("wagtailadmin_pages:edit", args=[article.pk])), ArticlePage)["event_on"] == "11/10/2026"


@pytest.mark.parametrize("typed", ["11/10/2026 08:30", "11/10/2026 8:30"])
def test_moments_are_read_day_first(typed: str, desk: Client, tree: Tree) -> None:
    fill(desk, add_url(EventPage, tree.section("su-kien")), EventPage, title="Tập huấn", slug="tap-huan", starts_at=typed)

    assert EventPage.objects.get().starts_at.isoformat() == "2026-10-11T01:30:00+00:00"


# Kind, section, what is typed, and by field a part of what is said. Faults that do not hide each other are made at once.
REFUSED: list[tuple[type[Page], str, dict[str, str], dict[str, str]]] = [
    (
        ArticlePage,
        "tin-tuc",
        {"title": "", "summary": "ă" * 301, "slug": "a b/c", "event_on": "31/02/2026"},
        {"title": "không được để trống", "summary": "Nhiều nhất 300 ký tự", "slug": "chỉ gồm chữ, số, gạch nối", "event_on": "ví dụ 24/11/2026"},
    ),
    (
        ArticlePage,
        "tin-tuc",
        {"title": "ư" * 256, "summary": '<img src=x onerror="alert(1)">', "source": "<!-- x -->", "slug": "da-co", "event_on": "hôm qua"},
        {"title": "Nhiều nhất 255 ký tự", "summary": "Hãy bỏ mã HTML", "source": "Hãy bỏ mã HTML", "slug": "đã có trang khác", "event_on": "ví dụ 24/11/2026"},
    ),
    (
        ArticlePage,
        "tin-tuc",
        {"title": "<b>Đậm</b>", "slug": "rss", "event_on": "10/13/2026", "withdrawn_on": "01/10/2026", "reviewed_on": "02/10/2026", "review_by": "01/10/2026"},
        {"title": "“<b>”", "slug": "địa chỉ nguồn tin", "event_on": "ví dụ 24/11/2026", "withdrawn_reason": "cả ngày và lý do", "review_by": "đứng sau"},
    ),
    (
        ArticlePage,
        "tin-tuc",
        {"event_on": "01/01/2199", "go_live_at": "02/10/2030 08:00", "expire_at": "01/10/2030 08:00"},
        {"event_on": "không thể ở tương lai", "go_live_at": "phải trước"},
    ),
    (PlainPage, "", {"slug": "san-pham"}, {"slug": "đường dẫn của hệ thống"}),
    (PlainPage, "", {"slug": "en"}, {"slug": "đường dẫn của hệ thống"}),
    (PlainPage, "", {"slug": "Tìm kiếm"}, {"slug": "“tim-kiem” là đường dẫn của hệ thống"}),
    (
        EventPage,
        "su-kien",
        {"starts_at": "02/10/2026 08:00", "ends_at": "01/10/2026 08:00", "capacity": "nhiều"},
        {"ends_at": "đứng trước", "capacity": "số nguyên"},
    ),
    (EventPage, "su-kien", {"starts_at": "25:61"}, {"starts_at": "ví dụ 24/11/2026 08:30"}),
    (AchievementPage, "thanh-tuu", {"achieved_on": "01/01/2199"}, {"achieved_on": "không thể ở tương lai"}),
    (QuestionPage, "hoi-dap", {"question": "Hỏi", "asked_on": "02/10/2026", "answered_on": "01/10/2026"}, {"answered_on": "không thể trước ngày hỏi"}),
]


def test_what_is_wrong_is_said_on_the_field_and_what_was_typed_stays(desk: Client, tree: Tree) -> None:
    tree.section("tin-tuc").add_child(instance=ArticlePage(title="Đã có", slug="da-co"))
    forms: dict[str, Any] = {}
    unsaid: list[Any] = []
    lost: list[Any] = []
    for model, segment, typed, said in REFUSED:
        address = add_url(model, tree.section(segment) if segment else tree.home())
        if address not in forms:
            forms[address] = form_of(desk.get(address), model)
        sent = forms[address].copy()
        for name, value in ({"title": "Một trang", "slug": "mot-trang"} | typed).items():
            sent[name] = value
        response = desk.post(address, sent)

        assert response.status_code == 200, typed
        messages, shown = errors_of(response), response.context["form"]
        unsaid += [(typed, field, messages) for field, part in said.items() if part not in " ".join(messages.get(field, []))]
        unsaid += [(typed, messages) for text in [str(messages)] if re.search(r"[Tt]his |[Ee]nter |[Ee]nsure ", text)]
        lost += [name for name, value in typed.items() if str(shown[name].value()) != value]

    assert (unsaid, lost) == ([], [])
    assert Page.objects.filter(depth__gt=3).count() == 1


@pytest.mark.parametrize("plain", ["pH < 7, độ ẩm > 60%", "a<b và b>c", "5 < 6", "<3", "A & B"])
def test_signs_that_are_no_tags_are_plain_text(plain: str, desk: Client, tree: Tree) -> None:
    response = fill(desk, add_url(ArticlePage, tree.section("tin-tuc")), ArticlePage, title=plain, slug="mot-trang")

    assert response.status_code == 302, errors_of(response)
    assert ArticlePage.objects.get().title == plain


def test_an_address_typed_with_accents_is_folded_where_no_script_ran(desk: Client, tree: Tree) -> None:
    fill(desk, add_url(ArticlePage, tree.section("tin-tuc")), ArticlePage, title="Bệnh đốm lá", slug="Bệnh đốm lá")

    assert ArticlePage.objects.get().slug == "benh-dom-la"


def test_the_same_topic_twice_is_refused(desk: Client, tree: Tree) -> None:
    product = Product.objects.create(slug="hoi", name="Hồi")
    sent = {"product_links-TOTAL_FORMS": "2", "product_links-0-product": str(product.pk), "product_links-1-product": str(product.pk)}
    response = fill(desk, add_url(ArticlePage, tree.section("tin-tuc")), ArticlePage, title="Một trang", slug="mot-trang", **sent)

    assert response.status_code == 200
    assert "Có dòng bị trùng. Hãy bỏ bớt một dòng." in response.content.decode()
    assert response.content.decode().count("Giá trị bị trùng.") == 1
    assert not ArticlePage.objects.exists()


def copy(client: Client, page: Page, **changes: str) -> Any:
    sent = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": str(page.get_parent().pk)}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), sent | changes)


def test_a_copy_folds_its_address_and_refuses_those_of_the_system(desk: Client, tree: Tree) -> None:
    article = tree.section("tin-tuc").add_child(instance=ArticlePage(title="Đốm lá", slug="dom-la"))
    plain = tree.home().add_child(instance=PlainPage(title="Giới thiệu", slug="gioi-thieu"))

    assert copy(desk, article, new_slug="Bệnh đốm lá").status_code == 302
    assert ArticlePage.objects.filter(slug="benh-dom-la").exists()
    for page, slug, said in ((plain, "tìm-kiếm", "đường dẫn của hệ thống"), (article, "rss", "địa chỉ nguồn tin"), (article, "dom-la", "đã có trang khác")):
        response = copy(desk, page, new_slug=slug)
        assert response.status_code == 200
        assert said in " ".join(errors_of(response)["new_slug"])
    assert "255" in " ".join(errors_of(copy(desk, article, new_title="ơ" * 300))["new_title"])
    formatters = re.search(r'data-w-slug-formatters-value="([^"]*)"', desk.get(reverse("wagtailadmin_pages:copy", args=[article.pk])).content.decode())
    assert formatters
    assert "đĐ" in formatters.group(1) or "\\u0111\\u0110" in formatters.group(1)


def picture(kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(buffer, kind)
    return buffer.getvalue()


# Name of the file, its content, a part of what is said.
PICTURES = [
    ("lon.png", picture() + b"\0" * 30 * 1024 * 1024, "Tệp quá lớn"),
    ("chu.png", b"khong phai anh", "không phải ảnh|Không phải ảnh"),
    ("trang.html", b"<script>alert(1)</script>", "Định dạng ảnh không nhận được"),
    ("ve.bmp", b"BM" + bytes(60), "không phải ảnh|Định dạng ảnh không nhận được"),
    ("ve.svg", b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><script>alert(1)</script></svg>", "mã chạy được"),
    ("ve.svg", b"<!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>", "lưu lại dạng SVG thuần"),
    ("ve.png", b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>", "đuôi tệp không khớp"),
    ("gia.jpg", picture(), "đuôi tệp không khớp"),
    ("rong.png", b"", "rỗng|không phải ảnh"),
]


@pytest.mark.parametrize(("name", "content", "said"), PICTURES, ids=[f"{number} {name}" for number, (name, _content, _said) in enumerate(PICTURES)])
def test_a_picture_that_is_none_is_refused(name: str, content: bytes, said: str, desk: Client) -> None:
    in_library = desk.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Ảnh", "files[]": SimpleUploadedFile(name, content), "collection": "1"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    in_chooser = desk.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Ảnh của tôi",
            "image-chooser-upload-file": SimpleUploadedFile(name, content),
            "image-chooser-upload-collection": "1",
        },
    )

    assert in_library.status_code == in_chooser.status_code == 200
    answer = in_library.json()
    assert answer["success"] is False
    assert re.search(said, answer["error_message"]), answer
    assert re.search(said, in_chooser.json()["htmlFragment"]), in_chooser.json()["htmlFragment"]
    assert "Ảnh của tôi" in in_chooser.json()["htmlFragment"]
    assert not get_image_model().objects.exists()


def test_a_row_that_is_no_page_says_what_is_wrong_too(desk: Client, tree: Tree) -> None:
    address = snippet_url(Contact, "add")
    response = desk.post(address, {"name": "<i>Trạm</i>", "phone": "gọi tôi", "email": "không phải thư"})

    assert response.status_code == 200
    messages = errors_of(response)
    assert "Hãy bỏ mã HTML" in messages["name"][0]
    assert "chữ số" in messages["phone"][0]
    assert "thư điện tử hợp lệ" in messages["email"][0]
    assert response.context["form"]["phone"].value() == "gọi tôi"


def test_an_honour_annulled_before_it_was_given_is_refused(desk: Client, tree: Tree) -> None:
    honouree = tree.section("ton-vinh").add_child(instance=HonoureePage(title="Hợp tác xã", slug="htx", kind="hop-tac-xa"))
    typed = {
        "honouree": str(honouree.pk),
        "decision_number": "12/QĐ-UBND",
        "decided_on": "02/05/2026",
        "issuing_body": "UBND tỉnh",
        "level": "tinh",
        "form": "bang-khen",
        "citation": "Trồng hồi",
        "annulled_on": "01/05/2026",
        "annulled_by": "13/QĐ-UBND",
        "valid_until": "30/02/2026",
    }
    response = desk.post(snippet_url(Honour, "add"), typed)

    messages = errors_of(response)
    assert "không thể trước ngày quyết định" in messages["annulled_on"][0]
    assert "hợp lệ" in messages["valid_until"][0]
    assert response.context["form"]["annulled_on"].value() == "01/05/2026"
    desk.post(snippet_url(Honour, "add"), typed | {"annulled_on": "03/05/2026", "valid_until": ""})
    assert Honour.objects.get().annulled_on == dt.date(2026, 5, 3)
