"""What a page of the real site costs when nothing is cached (the issue's bar: 20 queries)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.pages import MOST_QUERIES, queries_of

pytestmark = pytest.mark.django_db

OTHERS = [
    "/linh-vuc/nong-lam-nghiep/",
    "/ky-thuat/huu-co/",
    "/san-pham/hoi/",
    "/en/san-pham/hoi/",
    "/dia-ban/that-khe/",
    "/doi-tuong/nong-dan/",
    "/thuat-ngu/che-pham-sinh-hoc/",
    "/tim-kiem/?q=hoi",
    "/cam-nang/?san-pham=hoi&san-pham=na&dia-ban=that-khe",
    "/ton-vinh/?cap=tinh",
]
PAGES_OF_A_KIND = 3


def test_no_page_of_the_real_site_asks_the_database_more_than_twenty_times(loaded_site: Any, client: Client) -> None:
    by_kind: dict[Any, list[str]] = defaultdict(list)
    for page in Page.objects.live().filter(depth__gt=1).select_related("locale").order_by("path"):
        by_kind[page.content_type_id, page.locale_id].append(page.get_url())
    addresses = [address for kind in by_kind.values() for address in kind[:PAGES_OF_A_KIND]] + OTHERS

    costs = {address: queries_of(client, address) for address in addresses}

    assert len(costs) >= 40
    assert {address: cost for address, cost in costs.items() if cost > MOST_QUERIES} == {}
