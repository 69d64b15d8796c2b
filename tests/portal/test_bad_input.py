"""Whatever stands in a query parameter, a page answers 200, 400 or 404, never an error."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from knowledge_base.models import GuidePage
from tests.factories import make_topic, many_items
from topics.models import Locality, Product

pytestmark = pytest.mark.django_db

TOPICS = ("linh-vuc", "ky-thuat", "san-pham", "dia-ban", "doi-tuong")
# By address: the parameters that it reads; those in one tuple are sent together.
READS: dict[str, list[tuple[str, ...]]] = {
    "/cam-nang/": [TOPICS, ("nam",), ("sap-xep",), ("trang",)],
    "/san-pham/hoi/": [TOPICS, ("loai",), ("nam", "sap-xep"), ("trang",)],
    "/tim-kiem/": [("q",), TOPICS, ("loai",), ("nam", "sap-xep"), ("trang",)],
    "/en/tim-kiem/": [("q", *TOPICS)],
    "/ton-vinh/": [("loai", "cap"), TOPICS, ("nam",), ("trang",)],
    "/dia-ban/": [("chon",)],
}
# Percent-encoded, as a hostile client sends them.
VALUES = {
    "NUL": "a%00b",
    "broken UTF-8": "%ff%fe%c3",
    "lone surrogate": "%ED%A0%80",
    "ten thousand characters": "x" * 10_000,
    "ten thousand accented": "%E1%BB%93" * 1_000,
    "quotes and operators": "%27%22%3B--%25_%5C%28%29*",
    "a number too large": "9" * 400,
    "a year too large": "99999",
    "year nought": "0000",
    "other digits": "%D9%A2%D9%A0%D9%A2%D9%A6",
    "minus one": "-1",
    "nothing": "",
    "spaces and controls": "%20%09%0A%0D%1b",
    "right to left": "%E2%80%AE%D8%A7",
    "brackets": "a[]=b%5B0%5D",
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E",
}


@pytest.fixture
def site(tree: Any) -> None:
    topics = [make_topic(Product, "hoi", "Hồi"), make_topic(Locality, "van-quan", "Văn Quan")]
    many_items(GuidePage, tree.section("cam-nang"), 3, topics=topics)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_value_of_any_parameter_breaks_a_page(client: Client, site: None, value: str) -> None:
    for address, groups in READS.items():
        for group in groups:
            query = "&".join(f"{parameter}={value}" for parameter in group)
            response = client.get(f"{address}?{query}")
            assert response.status_code in {200, 400, 404}, f"{address}?{group}"
            assert b"<script>alert" not in response.content


def test_a_parameter_that_is_repeated_breaks_no_page(client: Client, site: None) -> None:
    for address, groups in READS.items():
        query = "&".join(f"{parameter}={value}" for group in groups for parameter in group for value in ("hoi", "na", "hoi", "2026"))
        assert client.get(f"{address}?{query}").status_code in {200, 400, 404}, address


def test_hundreds_of_values_break_no_page(client: Client, site: None) -> None:
    query = "&".join(f"san-pham=p{number}&dia-ban=d{number}&nam={number}" for number in range(300))

    for address in ("/cam-nang/", "/tim-kiem/", "/ton-vinh/"):
        assert client.get(f"{address}?{query}").status_code in {200, 400, 404}, address


@pytest.mark.parametrize("name", ["%00", "%ff", "%ED%A0%80", "x" * 10_000, "trang[]", "san-pham[0][a]", "&&&", "=", "%"])
def test_no_name_of_a_parameter_breaks_a_page(client: Client, site: None, name: str) -> None:
    for address in ("/cam-nang/", "/tim-kiem/", "/san-pham/hoi/"):
        assert client.get(f"{address}?{name}=1").status_code in {200, 400, 404}, address


@pytest.mark.parametrize(
    "address",
    ["/san-pham/%00/", "/cam-nang/%ff%fe/", "/thuat-ngu/%ED%A0%80/", "/dia-ban/" + "x" * 5_000 + "/", "/tin-tuc/..%2f..%2fetc/", "/en/en/", "/san-pham/HOI/"],
)
def test_a_hostile_address_is_400_or_404(client: Client, site: None, address: str) -> None:
    assert client.get(address).status_code in {400, 404}
