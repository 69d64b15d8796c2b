"""One address of every kind of public page, on the content that the loader brings."""

from __future__ import annotations

import os
from dataclasses import dataclass

import pytest

from tests.e2e.visitor import ROOT

# The issued document is not in the repository; where it lies beside it, the site has its clauses.
PROGRAMME = ROOT.parent / "shared" / "source" / "chuong-trinh-hanh-dong-nq36.txt"


@dataclass(frozen=True)
class Place:
    """A page to look at. `has_facets`: its list can be filtered. `needs_programme`: only there when the issued document was imported."""

    name: str
    path: str
    status: int = 200
    has_facets: bool = False
    needs_programme: bool = False
    language: str = "vi"


PLACES = [
    Place("home", "/"),
    Place("section", "/cam-nang/", has_facets=True),
    Place("section-filtered", "/cam-nang/?san-pham=hoi&san-pham=na&doi-tuong=nong-dan", has_facets=True),
    Place("section-filtered-empty", "/cam-nang/?san-pham=ca-mo&ky-thuat=khi-canh", has_facets=True),
    Place("section-unknown-filter", "/cam-nang/?san-pham=khong-co", has_facets=True),
    Place("article", "/tin-tuc/giu-cay-hoi-dau-dong/"),
    Place("achievement", "/thanh-tuu/u-ba-hoi-thanh-phan-huu-co/"),
    Place("honouree", "/ton-vinh/htx-hoi-ban-chang/"),
    Place("register", "/ton-vinh/", has_facets=True),
    Place("guide", "/cam-nang/benh-dom-la-hoi/"),
    Place("question", "/hoi-dap/la-hoi-dom-nau-rung-som/"),
    Place("term-index", "/thuat-ngu/"),
    Place("term", "/thuat-ngu/che-pham-sinh-hoc/"),
    Place("document", "/van-ban/88-ctr-tu/", needs_programme=True),
    Place("clause", "/van-ban/88-ctr-tu/iii-1-d4/", needs_programme=True),
    Place("policy", "/chinh-sach/ho-tro-cay-giong-sach-benh/"),
    Place("event", "/su-kien/tap-huan-che-pham-vi-sinh/"),
    Place("plain", "/chuong-trinh/"),
    Place("topic", "/san-pham/hoi/"),
    Place("topic-index", "/san-pham/"),
    Place("locality", "/dia-ban/that-khe/"),
    Place("locality-index", "/dia-ban/"),
    Place("search-empty", "/tim-kiem/", has_facets=True),
    Place("search-results", "/tim-kiem/?q=hoi", has_facets=True),
    Place("search-nothing", "/tim-kiem/?q=xyzzy"),
    Place("not-found", "/khong-co-trang-nay/", status=404),
    Place("withdrawn", "/hoi-dap/dem-lot-ga-bi-uot-khai/", status=410),
    Place("english-home", "/en/", language="en"),
    Place("english-guide", "/en/cam-nang/composting-with-microbes/", language="en"),
    Place("english-topic", "/en/san-pham/hoi/", language="en"),
]


def come_by(place: Place) -> None:
    """Without the issued document its pages are not there to look at; where everything must be green, that is a fault."""
    if place.needs_programme and not PROGRAMME.exists():
        if os.environ.get("CI"):
            pytest.fail(f"không có {PROGRAMME.name} bên cạnh kho mã")
        pytest.skip(f"không có {PROGRAMME.name}: trang chạy mà không có văn bản gốc")


every_place = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
