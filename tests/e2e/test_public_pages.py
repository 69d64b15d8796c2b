"""Every kind of public page, on a phone and on a wide screen, with and without JavaScript."""

from __future__ import annotations

import pytest

from tests.e2e.places import Place, come_by, every_place
from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.timeout(600)


@every_place
def test_a_page_is_open_to_everyone_and_asks_nobody_else(visitor: Visitor, place: Place) -> None:
    come_by(place)
    page = visitor.page

    assert visitor.open(place.path).status == place.status
    visitor.keep_picture(place.name)

    assert page.locator("html").get_attribute("lang") == place.language
    assert visitor.vietnamese_not_said_to_be() == []
    assert page.locator("main h1").count() == 1
    assert visitor.sideways() == 0
    assert visitor.barriers() == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert visitor.barriers(["color-contrast", "link-in-text-block"]) == []
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert visitor.refused_by_policy() == []
    assert visitor.complaints == []


@every_place
def test_a_page_is_whole_without_javascript(plain_visitor: Visitor, place: Place) -> None:
    come_by(place)
    page = plain_visitor.page

    assert plain_visitor.open(place.path).status == place.status
    assert page.locator("main h1").is_visible()
    assert len(page.locator("main").inner_text()) > 100

    page.locator(".nav--phone > summary").click()
    sections = page.locator(".nav--phone a")
    assert sections.count() >= 5
    assert sections.first.is_visible()

    search = page.locator("form[role=search]").first
    assert search.get_attribute("action") == ("/en" if place.language == "en" else "") + "/tim-kiem/"
    assert search.locator("input[name=q]").is_visible()
    assert search.locator("button[type=submit]").is_visible()

    if place.has_facets:
        page.locator(".facets__fold > summary").click()
        assert page.locator(".facets input[type=checkbox]").first.is_visible()
        assert page.locator(".facets button[type=submit]").is_visible()
    assert plain_visitor.complaints == []
