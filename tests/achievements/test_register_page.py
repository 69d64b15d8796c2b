"""`/ton-vinh/`: the public register, its filters and what it costs."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from achievements.models import Honour, HonoureePage
from tests.factories import many_items, tag
from tests.pages import MOST_QUERIES, queries_of, words_of
from topics.models import Field, Locality

pytestmark = pytest.mark.django_db

SINCE = dt.date(2025, 7, 1)


@pytest.fixture
def register(publish, grant, honouree):
    """A cooperative of Văn Quan, an enterprise of Đình Lập and a research group of the whole province, each with one honour."""
    van_quan = Locality.objects.create(slug="van-quan", name="Văn Quan", code="1", since=SINCE, kind="commune")
    dinh_lap = Locality.objects.create(slug="dinh-lap", name="Đình Lập", code="2", since=SINCE, kind="commune")
    medicine = Field.objects.create(slug="y-duoc", name="Y dược")
    herbs = Field.objects.create(slug="duoc-lieu", name="Dược liệu", parent=medicine)
    enterprise = publish(HonoureePage, "ton-vinh", title="Công ty Nà Mẫu", kind="doanh-nghiep")
    group = publish(HonoureePage, "ton-vinh", title="Nhóm giống quýt", kind="to-chuc")
    tag(honouree, van_quan)
    tag(enterprise, dinh_lap, herbs)
    grant("1/QĐ-UBND", "2026-05-02")
    grant("2/QĐ-BNNMT", "2025-05-02", to=enterprise, level="bo-nganh", form="co-thi-dua")
    grant("3/QĐ-UBND", "2024-05-02", to=group, level="xa", annulled_on=dt.date(2024, 6, 5), annulled_by="22/QĐ-UBND")


def lines(response) -> list[str]:
    """Numbers of the decisions that the register shows, in order."""
    assert response.status_code == 200
    return re.findall(r'class="honour-line__decision">\D*(\d+)/', response.content.decode())


@pytest.mark.parametrize("address", ["/ton-vinh/", "/en/ton-vinh/"])
def test_the_register_lists_every_honour_the_newest_first_in_each_language(client, register, address):
    assert lines(client.get(address)) == ["1", "2", "3"]


def test_one_sentence_says_what_the_list_holds(client, register):
    page = words_of(client.get("/ton-vinh/"), "main")

    assert "3 quyết định khen, 3 đơn vị, cá nhân; 1 đã bị hủy bỏ." in page


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"loai": "hop-tac-xa"}, ["1"]),
        ({"loai": ["hop-tac-xa", "to-chuc"]}, ["1", "3"]),
        ({"cap": "bo-nganh"}, ["2"]),
        ({"nam": "2024"}, ["3"]),
        ({"nam": ["2024", "2026"]}, ["1", "3"]),
        ({"linh-vuc": "duoc-lieu"}, ["2"]),
        ({"linh-vuc": "y-duoc"}, ["2"]),
        ({"dia-ban": "van-quan"}, ["1", "3"]),
        ({"dia-ban": "dinh-lap", "loai": "doanh-nghiep"}, ["2"]),
        ({"dia-ban": "dinh-lap", "cap": "tinh"}, []),
    ],
)
def test_values_of_one_filter_add_up_and_filters_narrow_each_other(client, register, filters, found):
    assert lines(client.get(f"/ton-vinh/?{urlencode(filters, doseq=True)}")) == found


@pytest.mark.parametrize(
    "query", ["loai=chim", "cap=chim", "nam=chim", "nam=99999", "nam=0000", "nam=%F0%9D%9F%9A", "linh-vuc=chim", "dia-ban=chim", "dia-ban=%3Cb%3E"]
)
def test_an_unknown_value_leaves_nothing_and_offers_a_way_on(client, register, query):
    response = client.get(f"/ton-vinh/?{query}")

    assert lines(response) == []
    page = response.content.decode()
    assert "Không có mục nào hợp với lựa chọn này" in page
    assert 'href="?"' in page
    assert "<b>" not in re.sub(r"<footer.*", "", page, flags=re.DOTALL).split("<h1>")[1].split("empty-state")[0]


@pytest.mark.parametrize(("page", "status"), [("1", 200), ("2", 404), ("0", 404), ("-1", 404), ("chim", 404), ("9" * 30, 404)])
def test_a_page_of_the_register_that_does_not_exist_is_not_found(client, register, page, status):
    assert client.get(f"/ton-vinh/?trang={page}").status_code == status


def test_an_annulled_honour_shows_as_annulled(client, register):
    page = client.get("/ton-vinh/?nam=2024").content.decode()

    assert "honour-line--annulled" in page
    assert "Hủy bỏ theo quyết định 22/QĐ-UBND" in page


def test_honours_of_a_withdrawn_honouree_leave_the_register(client, register, honouree):
    honouree.withdrawn_on, honouree.withdrawn_reason = timezone.localdate(), "Theo yêu cầu của hợp tác xã."
    honouree.save()

    assert lines(client.get("/ton-vinh/")) == ["2", "3"]


def test_an_empty_register_offers_a_way_on(client, tree):
    response = client.get("/ton-vinh/")

    assert response.status_code == 200
    assert "Chưa có quyết định khen nào" in response.content.decode()


@pytest.mark.parametrize("address", ["/ton-vinh/", "/en/ton-vinh/", "/ton-vinh/?loai=hop-tac-xa&nam=2025"])
def test_the_register_costs_the_same_with_ten_and_with_a_thousand_honours(client, tree, address):
    def honour(number: int) -> None:
        made = many_items(HonoureePage, tree.section("ton-vinh"), number, fields=lambda place: {"kind": "hop-tac-xa", "slug": f"htx-{number}-{place}"})
        rows = [Honour(honouree=page, decision_number=f"{page.pk}/QĐ", decided_on=dt.date(2025, 1, 1), level="tinh", form="bang-khen") for page in made]
        Honour.objects.bulk_create(rows)

    honour(10)
    few = queries_of(client, address)
    honour(990)

    assert queries_of(client, address) == few <= MOST_QUERIES
