"""The search field completes what is typed: WAI-ARIA's combobox, by keyboard, read aloud, and out of the way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.timeout(600)

FIELD = '.masthead input[type="search"]'
OPTION = ".masthead [role=option]"


@pytest.fixture
def page(phone: Visitor) -> Any:
    phone.page.goto(f"{phone.root}/")
    return phone.page


def typed(page: Any, words: str) -> None:
    page.click(FIELD)
    page.keyboard.type(words, delay=20)
    page.wait_for_selector(OPTION)


def test_arrows_choose_and_enter_opens(page: Any) -> None:
    typed(page, "benh dom")
    field = page.locator(FIELD)
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    assert field.get_attribute("aria-activedescendant") is None

    page.keyboard.press("ArrowDown")
    first = page.locator(OPTION).first
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    target = first.get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_escape_closes_and_keeps_what_was_typed_and_enter_searches(page: Any) -> None:
    typed(page, "hoi")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator(OPTION).first.is_hidden()
    assert page.input_value(FIELD) == "hoi"
    assert page.locator(FIELD).get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=hoi")


def test_the_number_of_suggestions_is_said(page: Any) -> None:
    typed(page, "hoi")
    assert "gợi ý" in page.locator(".masthead [role=status]").text_content()


def test_leaving_the_field_closes_the_list(page: Any) -> None:
    typed(page, "hoi")
    page.keyboard.press("Tab")
    assert page.locator(OPTION).first.is_hidden()
