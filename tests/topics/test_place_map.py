"""The schematic map: every unit is a link that says what is there, and the list says the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from knowledge_base.models import GuidePage
from tests.factories import tag
from tests.pages import MOST_QUERIES, links_of, part_of, queries_of, words_in
from topics.loaders import DATA, read_yaml
from topics.models import Locality
from topics.place_map import WIDTH, place_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(tree: Any) -> list[Locality]:
    made = [
        Locality(slug=f"xa-{number}", name=f"Xã {number}", code=f"0{number}", since="2025-07-01", grid_column=number % 5, grid_row=1 + number // 5)
        for number in range(10)
    ]
    for place in made:
        place.save()
    return made


def cells(client: Client, address: str = "/dia-ban/") -> dict[str, str]:
    """Address of each cell → its opening tag."""
    drawing = part_of(client.get(address), '<svg class="place-map__drawing', "svg")
    return {links_of(opening)[0]: opening for opening in re.findall(r"<a [^>]*>", drawing)}


def test_every_unit_has_its_cell_and_its_line(client: Client, places: list[Locality]) -> None:
    addresses = {place.get_absolute_url() for place in places}

    assert set(cells(client)) == addresses
    assert set(links_of(part_of(client.get("/dia-ban/"), '<ul class="name-columns', "ul"))) == addresses


def test_the_province_is_drawn_whole_and_no_two_cells_lie_on_each_other(db: None) -> None:
    units = [
        Locality(pk=int(unit["code"]), slug=unit["slug"], name=unit["name"], grid_column=unit["grid"]["column"], grid_row=unit["grid"]["row"])
        for unit in read_yaml(DATA / "localities.yaml")
    ]

    drawn = place_map(units, "vi")
    corners = {cell.place.slug: [tuple(map(int, corner.split(","))) for corner in cell.points.split()] for cell in drawn["cells"]}
    centres = {slug: (points[0][0], points[1][1] + points[2][1]) for slug, points in corners.items()}

    assert len(centres) == len(set(centres.values())) == 65
    assert all(0 <= x <= drawn["width"] and 0 <= y <= drawn["height"] for points in corners.values() for x, y in points)
    lines = [sorted(x for x, y in centres.values() if y == line) for line in {y for _x, y in centres.values()}]
    assert min(right - left for line in lines for left, right in pairwise(line)) >= WIDTH


def test_a_cell_counts_what_is_written_for_the_unit_alone(client: Client, places: list[Locality], publish: Callable[..., Any]) -> None:
    for number in range(3):
        tag(publish(GuidePage, "cam-nang", title=f"Ủ phân {number}", slug=f"u-phan-{number}"), places[4])
    publish(GuidePage, "cam-nang", title="Cho cả tỉnh", slug="ca-tinh")
    tag(publish(GuidePage, "cam-nang", "en", title="Compost", slug="compost"), places[5])
    tag(publish(GuidePage, "cam-nang", title="Bản nháp", slug="nhap", live=False), places[5])

    found = cells(client)
    assert "xã Xã 4: 3 mục" in found["/dia-ban/xa-4/"]
    assert "place-map__cell--2" in found["/dia-ban/xa-4/"]
    assert "0 mục" in found["/dia-ban/xa-5/"]
    assert "Xã 4 3" in words_in(part_of(client.get("/dia-ban/"), '<ul class="name-columns', "ul"))


def test_units_that_are_no_more_are_not_drawn(client: Client, places: list[Locality]) -> None:
    Locality.objects.filter(pk=places[0].pk).update(until="2026-01-01")

    assert places[0].get_absolute_url() not in cells(client)


def test_the_map_costs_the_same_with_more_on_it(client: Client, places: list[Locality], publish: Callable[..., Any]) -> None:
    few = queries_of(client, "/dia-ban/")
    for number in range(10):
        tag(publish(GuidePage, "cam-nang", title=f"Ủ phân {number}", slug=f"u-phan-{number}"), places[number])

    assert queries_of(client, "/dia-ban/") == few <= MOST_QUERIES
