"""What a reader does on a phone whose browser runs no JavaScript."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def open_page(plain_visitor: Visitor):
    def open_page(path: str) -> Page:
        assert plain_visitor.open(path).status == 200
        return plain_visitor.page

    return open_page


def address(page: Page) -> tuple[str, dict[str, list[str]]]:
    """Path and query parameters of the open page."""
    parts = urlsplit(page.url)
    return parts.path, parse_qs(parts.query)


def titles(page: Page) -> list[str]:
    return page.locator(".page__main h2").all_inner_texts()


def test_the_menu_opens_and_leads_on(open_page):
    page = open_page("/")
    expect(page.locator(".nav--phone a").first).to_be_hidden()

    page.locator(".nav--phone > summary").click()
    page.locator(".nav--phone").get_by_role("link", name="Cẩm nang").click()

    expect(page.locator("h1")).to_have_text("Cẩm nang")
    assert address(page)[0] == "/cam-nang/"


def test_two_values_of_a_facet_are_taken_and_one_is_given_back(open_page):
    page = open_page("/cam-nang/")
    everything = titles(page)
    number = int(page.locator(".page-head .quiet").inner_text().split()[0])

    page.locator(".facets__fold > summary").click()
    page.get_by_label("Hồi", exact=True).check()
    page.get_by_label("Na", exact=True).check()
    page.locator(".facets").get_by_role("button", name="Lọc").click()

    both = titles(page)
    path, query = address(page)
    assert (path, sorted(query["san-pham"])) == ("/cam-nang/", ["hoi", "na"])
    assert 0 < len(both) < number
    assert page.locator(".chip--on").count() == 2

    page.get_by_role("link", name="Bỏ lọc: Hồi").click()

    one = titles(page)
    assert address(page)[1]["san-pham"] == ["na"]
    assert 0 < len(one) < len(both)
    assert set(one) < set(both)

    page.get_by_role("link", name="Bỏ hết").click()
    assert titles(page) == everything
    assert "san-pham" not in address(page)[1]


def test_a_filtered_list_is_sorted_and_stays_filtered(open_page):
    page = open_page("/cam-nang/?san-pham=hoi")
    newest = titles(page)

    page.locator(".facets__fold > summary").click()
    page.get_by_label("Sắp xếp").select_option(label="Cũ nhất")
    page.locator(".facets").get_by_role("button", name="Lọc").click()

    assert address(page)[1]["san-pham"] == ["hoi"]
    assert titles(page) == newest[::-1]


def test_a_commune_is_chosen_on_the_home_page(open_page):
    page = open_page("/")

    page.get_by_label("Xã, phường nơi bà con ở").select_option(label="Thất Khê")
    page.get_by_role("button", name="Xem").click()

    assert address(page) == ("/dia-ban/that-khe/", {})
    expect(page.locator("h1")).to_contain_text("Thất Khê")


def test_a_search_without_accents_finds_and_the_field_keeps_the_words(open_page):
    page = open_page("/")

    page.get_by_role("searchbox").fill("benh dom la hoi")
    page.get_by_role("button", name="Tìm", exact=True).click()

    assert address(page) == ("/tim-kiem/", {"q": ["benh dom la hoi"]})
    assert page.get_by_role("searchbox").input_value() == "benh dom la hoi"
    page.locator(".page__main").get_by_role("link", name="Bệnh đốm lá hồi").first.click()
    assert address(page)[0] == "/cam-nang/benh-dom-la-hoi/"


def test_the_other_language_is_one_link_away(open_page):
    page = open_page("/cam-nang/u-phan-vi-sinh/")

    page.locator("footer").get_by_role("link", name="English").click()

    assert address(page)[0] == "/en/cam-nang/composting-with-microbes/"
