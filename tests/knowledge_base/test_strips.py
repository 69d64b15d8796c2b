"""The home page says what to do this month, and nothing where there is nothing to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from knowledge_base.models import GuidePage
from knowledge_base.strips import season
from tests.factories import make_topic, tag
from tests.pages import part_of, words_of
from topics.models import Product

pytestmark = pytest.mark.django_db

NOVEMBER = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOVEMBER)


def test_the_strip_shows_the_guides_of_this_month_by_product(client: Client, publish: Callable[..., Any]) -> None:
    product = make_topic(Product, "hoi", "Hồi")
    tag(publish(GuidePage, "cam-nang", title="Thu hái hồi", slug="thu-hai", months=[10, 11], duration="Trong ngày"), product)
    publish(GuidePage, "cam-nang", title="Thụ phấn na", slug="thu-phan", months=[4, 5])

    shown = words_of(client.get("/"), "main")
    for part in ("Tháng 11, bà con làm gì?", "Hồi", "Thu hái hồi", "Trong ngày"):
        assert part in shown
    assert "Thụ phấn na" not in shown
    assert part_of(client.get("/"), '<ol class="months"', "ol").count("is-now") == 1


def test_a_month_without_guides_leaves_the_strip_out(client: Client, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Thụ phấn na", slug="thu-phan", months=[4, 5])

    assert "bà con làm gì" not in words_of(client.get("/"), "main")


@pytest.mark.parametrize("fields", [{"live": False}, {"withdrawn_on": NOVEMBER.date(), "withdrawn_reason": "Sai."}])
def test_what_is_not_public_is_no_task(tree: Any, publish: Callable[..., Any], fields: dict[str, Any]) -> None:
    publish(GuidePage, "cam-nang", title="Không hiện", slug="khong-hien", months=[11], **fields)

    assert season(tree.home(), RequestFactory().get("/")) is None


def test_each_language_has_its_own_tasks(tree: Any, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", "en", title="Drying anise", slug="drying", months=[11])

    assert season(tree.home("vi"), RequestFactory().get("/")) is None
    english = season(tree.home("en"), RequestFactory().get("/en/"))
    assert english is not None
    assert [task["title"] for task in english["tasks"]] == ["Drying anise"]


def test_the_strip_costs_two_queries_for_any_number_of_guides(
    tree: Any, publish: Callable[..., Any], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(8):
        publish(GuidePage, "cam-nang", title=f"Việc {number}", slug=f"viec-{number}", months=[11])
    season(tree.home(), RequestFactory().get("/"))

    # Two, and one for pages behind a login.
    with django_assert_max_num_queries(3):
        data = season(tree.home(), RequestFactory().get("/"))
    assert data is not None
    assert len(data["tasks"]) == 4
