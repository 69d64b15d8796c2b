"""The commune that a reader chose stays on the device, until the reader forgets it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import looking
from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.timeout(600)


def test_the_choice_is_kept_on_the_device_and_forgotten_on_request(phone: Visitor) -> None:
    phone.open("/")
    page = phone.page
    choice, forget = page.get_by_label("Xã, phường nơi bà con ở"), page.get_by_role("button", name="Quên lựa chọn")
    expect(forget).to_be_hidden()
    choice.select_option(label="Thất Khê")
    page.get_by_role("button", name="Xem").click()
    page.wait_for_url("**/dia-ban/that-khe/")
    assert not any("that-khe" in str(cookie) for cookie in page.context.cookies())

    phone.open("/")
    expect(choice).to_have_value("that-khe")
    assert looking.shifts(page) == []

    forget.click()
    expect(choice).to_have_value("")
    phone.open("/")
    expect(choice).to_have_value("")
    expect(forget).to_be_hidden()
