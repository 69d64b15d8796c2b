"""A list with facets: OR within one, AND between; state in the address; every choice can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knowledge_base.models import GuidePage
from tests.factories import make_topic, many_items, tag
from tests.pages import MOST_QUERIES, links_of, part_of, queries_of, titles_of, words_of
from topics.models import Audience, Field, Locality, Product, Technique

pytestmark = pytest.mark.django_db


@pytest.fixture
def guides(publish: Callable[..., Any]) -> dict[str, GuidePage]:
    """Three guides: one of anise in Văn Quan, one of anise for the whole province, one of custard apple in Chi Lăng."""
    group = make_topic(Product, "cay-chu-luc", "Cây chủ lực")
    anise = make_topic(Product, "hoi", "Hồi", parent=group)
    apple = make_topic(Product, "na", "Na", parent=group)
    here, there = make_topic(Locality, "van-quan", "Văn Quan"), make_topic(Locality, "chi-lang", "Chi Lăng")
    made = {name: publish(GuidePage, "cam-nang", title=name, slug=name.lower()) for name in ("A", "B", "C")}
    tag(made["A"], anise, here)
    tag(made["B"], anise)
    tag(made["C"], apple, there)
    return made


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"A", "B", "C"}),
        ("san-pham=hoi", {"A", "B"}),
        ("san-pham=hoi&san-pham=na", {"A", "B", "C"}),
        ("san-pham=hoi&dia-ban=van-quan", {"A", "B"}),
        ("san-pham=na&dia-ban=van-quan", set()),
        ("dia-ban=chi-lang", {"B", "C"}),
        ("dia-ban=chi-lang&dia-ban=van-quan", {"A", "B", "C"}),
        ("san-pham=cay-chu-luc", {"A", "B", "C"}),
        ("san-pham=khong-co", set()),
        ("san-pham=hoi&san-pham=khong-co", {"A", "B"}),
        ("san-pham=", {"A", "B", "C"}),
    ],
)
def test_facets_are_or_within_and_between_with_children_and_the_whole_province(
    client: Client, guides: dict[str, GuidePage], query: str, shown: set[str]
) -> None:
    response = client.get(f"/cam-nang/?{query}")

    assert response.status_code == 200
    assert set(titles_of(response)) == shown


def test_each_choice_has_a_chip_that_takes_back_this_one_only(client: Client, guides: dict[str, GuidePage]) -> None:
    chips = part_of(client.get("/cam-nang/?san-pham=hoi&san-pham=na&dia-ban=van-quan&sap-xep=ten"), '<ul class="chips" aria-label="Đang lọc theo"', "ul")

    assert links_of(chips) == [
        "?san-pham=na&dia-ban=van-quan&sap-xep=ten",
        "?san-pham=hoi&dia-ban=van-quan&sap-xep=ten",
        "?san-pham=hoi&san-pham=na&sap-xep=ten",
        "?sap-xep=ten",
    ]


@pytest.mark.parametrize("query", ["san-pham=khong-co", "nam=1890", "nam=abc", "dia-ban=Kh%C3%B4ng+c%C3%B3", "san-pham=" + "x" * 300])
def test_an_unknown_value_leaves_an_empty_state_with_ways_on(client: Client, guides: dict[str, GuidePage], query: str) -> None:
    response = client.get(f"/cam-nang/?{query}")

    assert response.status_code == 200
    assert "Không có mục nào hợp với lựa chọn này" in words_of(response)
    assert "?" in links_of(part_of(response, '<div class="empty-state"', "div"))


def test_a_value_of_any_length_can_be_taken_back(client: Client, guides: dict[str, GuidePage]) -> None:
    chips = part_of(client.get("/cam-nang/?san-pham=" + "x" * 300), '<ul class="chips" aria-label="Đang lọc theo"', "ul")

    assert links_of(chips)[0] == "?"


def test_a_facet_offers_what_the_items_carry_parents_included(client: Client, guides: dict[str, GuidePage]) -> None:
    make_topic(Product, "thong", "Thông")

    fieldset = part_of(client.get("/cam-nang/"), 'name="san-pham"', "fieldset")
    assert "Cây chủ lực" in fieldset
    assert "Hồi" in fieldset
    assert "Thông" not in fieldset


def test_what_is_chosen_stays_checked_and_other_facets_stay_offered(client: Client, guides: dict[str, GuidePage]) -> None:
    html = client.get("/cam-nang/?san-pham=hoi").content.decode()

    assert 'name="san-pham" value="hoi" checked' in html
    assert 'name="san-pham" value="na">' in html
    assert 'name="dia-ban" value="chi-lang">' in html


def test_a_year_is_that_of_first_publication(client: Client, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Cũ", slug="cu", first_published_at=dt.datetime(2024, 12, 31, 23, 0, tzinfo=timezone.get_current_timezone()))
    publish(GuidePage, "cam-nang", title="Mới", slug="moi", first_published_at=dt.datetime(2025, 1, 1, 0, 30, tzinfo=timezone.get_current_timezone()))

    assert titles_of(client.get("/cam-nang/?nam=2024")) == ["Cũ"]
    assert titles_of(client.get("/cam-nang/?nam=2025")) == ["Mới"]
    assert titles_of(client.get("/cam-nang/?nam=2024&nam=2025")) == ["Mới", "Cũ"]


@pytest.mark.parametrize(
    ("order", "titles"), [("moi-nhat", ["An", "Đào", "Bò"]), ("cu-nhat", ["Bò", "Đào", "An"]), ("ten", ["An", "Bò", "Đào"]), ("lung-tung", ["An", "Đào", "Bò"])]
)
def test_a_list_sorts_as_asked_and_newest_first_otherwise(client: Client, tree: Any, order: str, titles: list[str]) -> None:
    names = ["Bò", "Đào", "An"]
    many_items(GuidePage, tree.section("cam-nang"), 3, fields=lambda number: {"title": names[number - 1], "slug": f"m{number}", "summary": ""})

    assert titles_of(client.get(f"/cam-nang/?sap-xep={order}")) == titles


def test_a_page_holds_twenty_and_the_next_keeps_the_choices(client: Client, tree: Any) -> None:
    product = make_topic(Product, "hoi", "Hồi")
    many_items(GuidePage, tree.section("cam-nang"), 25, topics=[product])

    first = client.get("/cam-nang/?san-pham=hoi&sap-xep=cu-nhat")
    assert len(titles_of(first)) == 20
    assert links_of(part_of(first, '<nav class="pagination"', "nav")) == ["?san-pham=hoi&sap-xep=cu-nhat&trang=2"]
    assert len(titles_of(client.get("/cam-nang/?san-pham=hoi&sap-xep=cu-nhat&trang=2"))) == 5


@pytest.mark.parametrize("number", ["0", "-1", "abc", "9999", "1.5", "3", "", "²", "00000000001", "1e1"])
@pytest.mark.parametrize("address", ["/cam-nang/", "/san-pham/hoi/", "/en/cam-nang/"])
def test_a_page_number_that_is_not_there_is_404(client: Client, tree: Any, address: str, number: str) -> None:
    many_items(GuidePage, tree.section("cam-nang"), 25, topics=[make_topic(Product, "hoi", "Hồi")])

    assert client.get(address, {"trang": number}).status_code == 404


def test_a_filtered_list_is_not_for_search_engines_and_the_plain_one_is(client: Client, guides: dict[str, GuidePage]) -> None:
    assert 'content="noindex"' in client.get("/cam-nang/?san-pham=hoi").content.decode()
    assert "noindex" not in client.get("/cam-nang/").content.decode()


def test_a_list_with_two_facets_costs_the_same_for_ten_and_for_a_thousand(client: Client, tree: Any) -> None:
    topics = [make_topic(Product, "hoi", "Hồi"), make_topic(Locality, "van-quan", "Văn Quan"), make_topic(Field, "nong", "Nông nghiệp")]
    topics += [make_topic(Technique, "u-phan", "Ủ phân"), make_topic(Audience, "nong-dan", "Nông dân")]
    section = tree.section("cam-nang")
    many_items(GuidePage, section, 10, topics=topics)
    few = queries_of(client, "/cam-nang/?san-pham=hoi&dia-ban=van-quan")
    many_items(GuidePage, section, 990, topics=topics, fields=lambda number: {"slug": f"them-{number}"})
    many = queries_of(client, "/cam-nang/?san-pham=hoi&dia-ban=van-quan")

    assert few == many <= MOST_QUERIES
