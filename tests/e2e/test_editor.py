"""A person of the newsroom at a browser: logs in, writes, publishes or hands in; a visitor reads what is public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import CLEAR_THE_DESK, Portal
from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.timeout(600)

TITLE, SLUG = "Bệnh đốm lá hồi thử nghiệm", "benh-dom-la-hoi-thu-nghiem"
DRAFT_TITLE, DRAFT_SLUG = "Bản nháp thử nghiệm", "ban-nhap-thu-nghiem"
WORDS = "Lá có đốm nâu thì gom lại, chôn sâu."

STORED = """
from news.models import ArticlePage
page = ArticlePage.objects.get(slug="{slug}")
draft = page.get_latest_revision_as_object()
workflow = page.current_workflow_state
print(page.live, draft.event_on, *[link.product.slug for link in page.product_links.all()], workflow and workflow.status)
"""


@pytest.fixture(scope="module", autouse=True)
def _clear_desk(portal: Portal) -> Iterator[None]:
    """What is written here is gone afterwards: the pictures of other tests show what the loader brought."""
    yield
    portal.ask(CLEAR_THE_DESK)


@pytest.fixture(scope="module")
def editor(signed_in: Callable[[str], Visitor]) -> Visitor:
    return signed_in("bientap")


def new_article(person: Visitor, portal: Portal) -> Page:
    """The form of a new article, by the way an editor takes: the section, then “add”."""
    person.open(f"/quan-tri/pages/{portal.news_pk}/")
    person.page.locator(f"a[href='/quan-tri/pages/{portal.news_pk}/add_subpage/']").first.click()
    expect(person.page.locator("[name=title]")).to_be_visible()
    return person.page


def other_actions(page: Page) -> Page:
    """Open the menu beside the button that saves."""
    page.get_by_role("button", name="Việc khác").click()
    return page


def test_an_editor_writes_and_publishes_and_a_visitor_reads_it(editor: Visitor, portal: Portal, phone: Visitor) -> None:
    page = new_article(editor, portal)

    page.locator("[name=title]").press_sequentially(TITLE)
    page.keyboard.press("Tab")
    expect(page.locator("input[name=slug]")).to_have_value(SLUG)
    page.locator("[name=summary]").fill("Đốm nâu ở mép lá: gom lá, cắt cành, mở tán cho thoáng.")
    page.locator("[name=event_on]").fill("24/11/2026")
    page.keyboard.press("Tab")

    page.get_by_role("button", name="Chèn khối").first.click()
    page.get_by_role("option", name="đoạn văn").click()
    text = page.locator("[data-contentpath=body] .public-DraftEditor-content")
    expect(text).to_be_focused()
    page.keyboard.type(WORDS)
    expect(text).to_contain_text(WORDS)

    page.get_by_role("button", name="Thêm sản phẩm").click()
    chooser = page.locator(".modal-content")
    chooser.get_by_label("Tìm").fill("hoi")
    expect(chooser.locator("tbody tr")).to_have_count(2)
    chooser.get_by_role("row", name=re.compile("^Hồi|Illicium verum")).get_by_role("checkbox").check()
    chooser.get_by_role("button", name="Xong").click()
    expect(page.locator("#id_product_links-FORMS")).to_contain_text("Hồi")

    other_actions(page).get_by_role("button", name="Đăng", exact=True).click()
    expect(page.locator(".messages .success")).to_contain_text(TITLE)
    assert editor.complaints == []

    phone.open("/tin-tuc/")
    phone.page.locator("main").get_by_role("link", name=TITLE).click()
    phone.page.wait_for_url(f"**/tin-tuc/{SLUG}/")
    main = phone.page.locator("main")
    expect(main.locator("h1")).to_have_text(TITLE)
    expect(main).to_contain_text(WORDS)
    expect(main).to_contain_text("24/11/2026")
    expect(main.locator(".page__aside")).to_contain_text("Hồi")
    for path in ("/san-pham/hoi/", "/tim-kiem/?q=dom+la+hoi+thu+nghiem"):
        phone.open(path)
        expect(phone.page.locator("main").get_by_role("link", name=TITLE)).to_have_count(1)
    assert portal.ask(STORED.format(slug=SLUG)) == "True 2026-11-24 hoi None"


def test_a_reporter_hands_in_and_cannot_publish(signed_in: Callable[[str], Visitor], editor: Visitor, portal: Portal, phone: Visitor) -> None:
    reporter = signed_in("phongvien")
    page = new_article(reporter, portal)
    page.locator("[name=title]").press_sequentially(DRAFT_TITLE)
    # A day that an American would read as the eleventh of May.
    page.locator("[name=event_on]").fill("05/11/2026")
    page.keyboard.press("Tab")

    other_actions(page)
    expect(page.get_by_role("button", name="Đăng", exact=True)).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Gửi")).click()
    expect(page.locator(".messages .success")).to_contain_text(DRAFT_TITLE)
    assert reporter.complaints == []

    assert phone.open(f"/tin-tuc/{DRAFT_SLUG}/").status == 404
    assert portal.ask(STORED.format(slug=DRAFT_SLUG)) == "False 2026-11-05 in_progress"
    editor.open("/quan-tri/")
    expect(editor.page.locator("main")).to_contain_text(DRAFT_TITLE)


def test_the_calendar_begins_its_weeks_on_monday(editor: Visitor, portal: Portal) -> None:
    page = new_article(editor, portal)

    page.locator("[name=event_on]").click()

    days = page.locator(".xdsoft_datetimepicker:visible .xdsoft_calendar th")
    expect(days.first).to_have_text(re.compile("^(T2|Thứ 2|Thứ Hai)$"))
    expect(days.last).to_have_text(re.compile("^(CN|Chủ nhật)$"))
    # The head could be right and the days beneath it shifted: the first of November 2026 is a Sunday.
    page.locator("[name=event_on]").fill("01/11/2026")
    page.keyboard.press("Tab")
    page.locator("[name=event_on]").click()
    assert page.locator(".xdsoft_datetimepicker:visible td[data-date='1'][data-month='10']").evaluate("(day) => day.cellIndex") == 6


def test_a_date_that_does_not_exist_stays_as_typed_and_is_named(editor: Visitor, portal: Portal) -> None:
    page = new_article(editor, portal)
    page.locator("[name=title]").fill("Ngày không có thật")

    page.locator("[name=event_on]").fill("31/2/2023")
    page.keyboard.press("Tab")
    expect(page.locator("[name=event_on]")).to_have_value("31/2/2023")
    page.get_by_role("button", name="Lưu bản nháp").click()

    expect(page.locator("#panel-child-nội-dung-event_on-errors, [id$=event_on-errors]").first).to_contain_text("ngày")
    expect(page.locator("[name=event_on]")).to_have_value("31/2/2023")
    expect(page.locator("[name=title]")).to_have_value("Ngày không có thật")
