"""A phone-sized page without a mouse: everything is reached, nothing is reached unseen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.timeout(600)

# What has the focus: which it is of the page's controls, what it is called, and whether a person sees that it has it.
FOCUSED = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  // A card's link spreads over the card, and so does its outline.
  const outlines = [null, "::after"].map((part) => getComputedStyle(element, part));
  const hit = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
  return {
    number: [...document.querySelectorAll("*")].indexOf(element),
    name: `${element.tagName.toLowerCase()}.${element.getAttribute("class")} ${(element.textContent || element.name || "").trim().slice(0, 40)}`,
    id: element.id,
    classes: element.getAttribute("class") || "",
    isInMain: Boolean(element.closest("main")),
    // A cell of the map has its drawing changed.
    isOutlined:
      outlines.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) ||
      [...element.querySelectorAll("polygon")].some((shape) => parseFloat(getComputedStyle(shape).strokeWidth) >= 2),
    isInView: box.width > 0 && box.top >= 0 && box.left >= 0 && box.top < innerHeight && box.left < innerWidth,
    isOnTop: Boolean(hit && (element.contains(hit) || hit.contains(element))),
  };
}
"""

# How many controls a person can see and use.
CONTROLS = """
() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter((element) => !element.disabled && element.checkVisibility({ visibilityProperty: true })).length
"""


def step(visitor: Visitor) -> dict[str, Any] | None:
    visitor.page.keyboard.press("Tab")
    return visitor.page.evaluate(FOCUSED)


def walk(visitor: Visitor, selector: str, most: int = 60) -> dict[str, Any]:
    """Tab until the focus is on what the selector names."""
    for _turn in range(most):
        focused = step(visitor)
        assert focused, f"{selector} không tới được bằng bàn phím"
        if visitor.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return focused
    raise AssertionError(f"{selector} xa hơn {most} lần Tab")


def test_the_first_tab_offers_to_skip_to_the_content(phone):
    phone.open("/cam-nang/benh-dom-la-hoi/")

    first = step(phone)
    assert first
    assert "skip-link" in first["classes"]
    assert first["isInView"]
    assert first["isOnTop"]

    phone.page.keyboard.press("Enter")
    assert phone.page.evaluate("document.activeElement.id") == "noi-dung"
    second = step(phone)
    assert second
    assert second["isInMain"]


@pytest.mark.parametrize("path", ["/", "/cam-nang/benh-dom-la-hoi/", "/cam-nang/?san-pham=hoi", "/ton-vinh/", "/tim-kiem/?q=hoi", "/dia-ban/"])
def test_every_control_is_reached_once_and_shows_it(phone, path):
    phone.open(path)
    expected = phone.page.evaluate(CONTROLS)

    reached: dict[int, dict[str, Any]] = {}
    while (focused := step(phone)) and focused["number"] not in reached:
        reached[focused["number"]] = focused

    assert len(reached) == expected
    assert [each["name"] for each in reached.values() if not each["isOutlined"]] == []
    assert [each["name"] for each in reached.values() if not each["isInView"]] == []
    assert [each["name"] for each in reached.values() if not each["isOnTop"]] == []


def test_the_menu_opens_with_enter_and_its_links_follow(phone):
    phone.open("/")
    walk(phone, ".nav--phone > summary")

    phone.page.keyboard.press("Enter")
    focused = step(phone)

    assert focused
    assert focused["isInView"]
    assert focused["isOnTop"]
    assert phone.page.evaluate("document.activeElement.closest('.nav--phone') !== null")
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url("**/tin-tuc/")


def test_a_list_is_filtered_with_the_keyboard_alone(phone):
    phone.open("/cam-nang/")
    walk(phone, ".facets__fold > summary")
    phone.page.keyboard.press("Enter")

    focused = walk(phone, ".facets input[name=san-pham]")
    assert focused["isOutlined"]
    assert focused["isInView"]
    assert focused["isOnTop"]
    value = phone.page.evaluate("document.activeElement.value")
    phone.page.keyboard.press("Space")

    focused = walk(phone, ".facets button[type=submit]", most=200)
    assert focused["isOnTop"]
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url(f"**/cam-nang/?*san-pham={value}*")
    assert phone.page.locator(".chip--on").count() == 1
