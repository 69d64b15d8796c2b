"""Years of a list: those in which something appeared, by the clock here, at a cost that does not grow with the list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict

from news.models import ArticlePage
from tests.factories import many_items
from topics.listing import list_items
from topics.models import ItemPage


@pytest.fixture
def years(tree: Any) -> Any:
    """`years("2026-05-02 08:00", …)`: what the facet offers when items appeared at these moments (UTC)."""

    def years(*moments: str) -> list[str]:
        days = [dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC) for moment in moments]
        many_items(ArticlePage, tree.section("tin-tuc"), len(days), fields=lambda number: {"first_published_at": days[number - 1]})
        listing = list_items(ItemPage.objects.public(), QueryDict())
        return [value["value"] for facet in listing.facets if facet.key == "nam" for value in facet.values]

    return years


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ([], []),
        (["2026-05-02 08:00"], ["2026"]),
        (["2026-05-02 08:00", "2025-05-02 08:00"], ["2026", "2025"]),
        (["2026-05-02 08:00", "2022-05-02 08:00", "2024-05-02 08:00"], ["2026", "2024", "2022"]),
        (["2025-12-31 16:59", "2023-12-31 17:00", "2022-06-01 00:00"], ["2025", "2024", "2022"]),
    ],
)
def test_a_list_offers_the_years_in_which_something_appeared(years, moments, expected):
    assert years(*moments) == expected
