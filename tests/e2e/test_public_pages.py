"""Every kind of public page, on phones and wide screens, in every light, with and without JavaScript. One visit serves many checks."""

from __future__ import annotations

import pytest

from tests.e2e import looking
from tests.e2e.places import Place, come_by, every_place
from tests.e2e.visitor import NARROWER, SIZES, Visitor

pytestmark = pytest.mark.timeout(600)


@every_place
def test_a_page_is_open_to_everyone_and_asks_nobody_else(visitor: Visitor, place: Place) -> None:
    come_by(place)
    page = visitor.page
    assert visitor.open(place.path).status == place.status
    width = page.viewport_size["width"] if page.viewport_size else 0
    visitor.keep_picture(place.name)

    found = {
        "moves": looking.shifts(page),
        "language": page.locator("html").get_attribute("lang") != place.language,
        "Vietnamese unmarked": visitor.vietnamese_not_said_to_be(),
        "titles": page.locator("main h1").count() - 1,
        "sideways": visitor.sideways(),
        "axe": visitor.barriers(),
    }
    with looking.in_dark(page):
        visitor.keep_picture(place.name, "-dark")
        found["axe, dark"] = visitor.barriers()
    try:
        page.set_viewport_size(NARROWER[width])
        visitor.keep_picture(place.name)
        found |= {"sideways, narrower": visitor.sideways(), "axe, narrower": visitor.barriers(), "focus": looking.unseen_focus(page)}
        with looking.in_forced_colours(page):
            found |= {"forced: sideways": visitor.sideways(), "forced: no edge": looking.edgeless(page), "forced: focus": looking.unseen_focus(page)}
        found["small targets"] = looking.small_targets(page)
    finally:
        page.set_viewport_size(SIZES[width])
    found |= {"policy": visitor.refused_by_policy(), "complaints": visitor.complaints}

    assert looking.faults(found) == {}


@pytest.mark.parametrize("path", ["/", "/tin-tuc/giu-cay-hoi-dau-dong/", "/cam-nang/benh-dom-la-hoi/", "/cam-nang/", "/san-pham/hoi/", "/tim-kiem/"])
def test_nothing_moves_while_a_page_comes_on_a_weak_signal(slow_phone: Visitor, path: str) -> None:
    """The page is there before its fonts and pictures are."""
    slow_phone.open(path)
    slow_phone.bring_pictures()

    assert looking.shifts(slow_phone.page) == []


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
