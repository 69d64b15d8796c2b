"""A value's page gathers everything about it: its own names, its children's items, and for a place the whole province's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from achievements.models import AchievementPage
from knowledge_base.models import GuidePage
from news.models import ArticlePage
from outreach.models import EventPage
from programme.models import DocumentPage
from tests.factories import make_topic, many_items, tag
from tests.pages import MOST_QUERIES, links_of, part_of, queries_of, titles_of, words_of
from topics.models import Audience, Field, FormerPlace, FormerPlacePart, Locality, LocalityKind, Product, ProductName, Technique
from topics.models.places import FormerKind

pytestmark = pytest.mark.django_db

SEGMENTS = {"linh-vuc": Field, "ky-thuat": Technique, "san-pham": Product, "dia-ban": Locality, "doi-tuong": Audience}


@pytest.fixture
def anise(tree: Any) -> Product:
    """Hồi under Cây chủ lực, with a scientific, an English and an ethnic name."""
    group = make_topic(Product, "cay-chu-luc", "Cây chủ lực")
    product = make_topic(Product, "hoi", "Hồi", parent=group, scientific_name="Illicium verum", description="Cây của xứ Lạng.")
    ProductName.objects.create(topic=product, language="en", name="Star anise", kind="name")
    ProductName.objects.create(topic=product, language="vi", name="Đại hồi", kind="other")
    ProductName.objects.create(topic=product, language="tyz", name="Mác hồi", kind="ethnic")
    product.save()
    return product


def test_a_value_shows_its_names_its_group_and_its_items(client: Client, anise: Product, publish: Callable[..., Any]) -> None:
    tag(publish(GuidePage, "cam-nang", title="Bệnh đốm lá", slug="benh"), anise)
    publish(GuidePage, "cam-nang", title="Nuôi cá", slug="nuoi-ca")

    response = client.get("/san-pham/hoi/")
    shown = words_of(response, "main")
    for part in ("Hồi", "Illicium verum", "Cây của xứ Lạng.", "Đại hồi", "Mác hồi", "Cây chủ lực"):
        assert part in shown
    assert "Star anise" not in shown
    assert titles_of(response) == ["Bệnh đốm lá"]


def test_a_parent_includes_what_its_children_carry(client: Client, anise: Product, publish: Callable[..., Any]) -> None:
    tag(publish(GuidePage, "cam-nang", title="Bệnh đốm lá", slug="benh"), anise)

    response = client.get("/san-pham/cay-chu-luc/")
    assert titles_of(response) == ["Bệnh đốm lá"]
    assert "/san-pham/hoi/" in links_of(part_of(response, '<header class="page-head--value"', "header"))


def test_every_kind_is_gathered_and_the_kind_is_a_facet(client: Client, anise: Product, publish: Callable[..., Any]) -> None:
    tag(publish(GuidePage, "cam-nang", title="Cẩm nang của hồi", slug="benh"), anise)
    tag(publish(ArticlePage, "tin-tuc", title="Tin của hồi", slug="tin"), anise)

    assert titles_of(client.get("/san-pham/hoi/")) == ["Tin của hồi", "Cẩm nang của hồi"]
    assert titles_of(client.get("/san-pham/hoi/?loai=cam-nang")) == ["Cẩm nang của hồi"]
    assert titles_of(client.get("/san-pham/hoi/?loai=cam-nang&loai=tin-tuc")) == ["Tin của hồi", "Cẩm nang của hồi"]
    assert titles_of(client.get("/san-pham/hoi/?loai=khong-co")) == []


def test_the_english_page_shows_english_items_under_the_english_name(client: Client, anise: Product, publish: Callable[..., Any]) -> None:
    tag(publish(GuidePage, "cam-nang", title="Bệnh đốm lá", slug="benh"), anise)
    tag(publish(GuidePage, "cam-nang", "en", title="Leaf spot", slug="leaf-spot"), anise)

    response = client.get("/en/san-pham/hoi/")
    assert "<h1>Star anise</h1>" in response.content.decode()
    assert titles_of(response) == ["Leaf spot"]
    assert 'hreflang="vi" href="http://localhost:8000/san-pham/hoi/"' in response.content.decode()


def test_an_english_page_says_which_words_are_vietnamese(client: Client, anise: Product) -> None:
    html = client.get("/en/san-pham/hoi/").content.decode()

    assert '<p class="lead" lang="vi">Cây của xứ Lạng.</p>' in html
    assert '<meta name="description"' not in html
    assert "Cây của xứ Lạng." not in client.get("/en/san-pham/").content.decode()


def test_a_withdrawn_item_leaves_the_value(client: Client, anise: Product, publish: Callable[..., Any]) -> None:
    page = publish(GuidePage, "cam-nang", title="Bệnh đốm lá", slug="benh", withdrawn_on=timezone.localdate(), withdrawn_reason="Sai.")
    tag(page, anise)

    response = client.get("/san-pham/hoi/")
    assert titles_of(response) == []
    assert "Chưa có bài nào về Hồi" in words_of(response)


def test_a_place_lists_what_it_was_and_the_items_of_the_whole_province(client: Client, publish: Callable[..., Any]) -> None:
    place = make_topic(Locality, "that-khe", "Thất Khê")
    other = make_topic(Locality, "chi-lang", "Chi Lăng")
    district = FormerPlace.objects.create(code="", name="Tràng Định", kind=FormerKind.DISTRICT)
    commune = FormerPlace.objects.create(code="06001", name="Đại Đồng", kind=FormerKind.COMMUNE)
    FormerPlacePart.objects.create(former=district, locality=place)
    FormerPlacePart.objects.create(former=commune, locality=place, is_divided=True)
    tag(publish(GuidePage, "cam-nang", title="Của Thất Khê", slug="a"), place)
    tag(publish(GuidePage, "cam-nang", title="Của Chi Lăng", slug="b"), other)
    publish(GuidePage, "cam-nang", title="Của cả tỉnh", slug="c")

    response = client.get("/dia-ban/that-khe/")
    shown = words_of(response, "main")
    assert "xã Đại Đồng (một phần), huyện Tràng Định" in shown
    assert set(titles_of(response)) == {"Của Thất Khê", "Của cả tỉnh"}
    assert shown.count("Cả tỉnh") == 1


def test_an_empty_value_says_so_and_offers_ways_on(client: Client, anise: Product) -> None:
    response = client.get("/san-pham/hoi/")

    assert response.status_code == 200
    assert "Chưa có bài nào về Hồi" in words_of(response)


@pytest.mark.parametrize("segment", SEGMENTS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_taxonomy_has_its_index_and_its_values_in_both_languages(client: Client, tree: Any, prefix: str, segment: str) -> None:
    make_topic(SEGMENTS[segment], "mot", "Một")

    index = client.get(f"{prefix}/{segment}/")
    assert index.status_code == 200
    assert f"{prefix}/{segment}/mot/" in links_of(part_of(index, "<main", "main"))
    assert client.get(f"{prefix}/{segment}/mot/").status_code == 200
    assert client.get(f"{prefix}/{segment}/khong-co/").status_code == 404


def test_an_index_is_in_vietnamese_order_with_children_under_their_group(client: Client, anise: Product) -> None:
    make_topic(Product, "dao", "Đào")
    make_topic(Product, "du-du", "Du đủ")
    make_topic(Product, "chanh", "Chanh", parent=Product.objects.get(slug="cay-chu-luc"))

    shown = links_of(part_of(client.get("/san-pham/"), '<ul class="groups"', "main"))
    assert shown == ["/san-pham/cay-chu-luc/", "/san-pham/chanh/", "/san-pham/hoi/", "/san-pham/du-du/", "/san-pham/dao/"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_choosing_a_place_leads_to_its_page_without_a_script(client: Client, tree: Any, prefix: str) -> None:
    make_topic(Locality, "that-khe", "Thất Khê")

    response = client.get(f"{prefix}/dia-ban/?chon=that-khe")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{prefix}/dia-ban/that-khe/"


@pytest.mark.parametrize("choice", ["", "khong-co", "https://example.org/", "x" * 300])
def test_an_unknown_choice_shows_all_places_and_leads_nowhere_else(client: Client, tree: Any, choice: str) -> None:
    make_topic(Locality, "that-khe", "Thất Khê")

    response = client.get("/dia-ban/", {"chon": choice})
    assert response.status_code == 200
    assert "Thất Khê" in words_of(response)


def test_the_home_page_offers_the_places_that_stand_today(client: Client, tree: Any) -> None:
    make_topic(Locality, "that-khe", "Thất Khê")
    make_topic(Locality, "ky-lua", "Kỳ Lừa", kind=LocalityKind.WARD)
    make_topic(Locality, "cu", "Đã bỏ", until=dt.date(2025, 8, 1))

    form = part_of(client.get("/"), '<form class="flow flow--tight"', "form")
    assert 'action="/dia-ban/"' in form
    assert '<option value="that-khe">Thất Khê</option>' in form
    assert '<option value="ky-lua">Kỳ Lừa (phường)</option>' in form
    assert "Đã bỏ" not in form


@pytest.mark.parametrize("address", ["/san-pham/hoi/", "/dia-ban/van-quan/"])
def test_a_value_costs_the_same_for_ten_and_for_a_thousand_items(client: Client, tree: Any, anise: Product, address: str) -> None:
    topics = [anise, make_topic(Locality, "van-quan", "Văn Quan"), make_topic(Technique, "u-phan", "Ủ phân"), make_topic(Audience, "nong-dan", "Nông dân")]
    many_items(GuidePage, tree.section("cam-nang"), 10, topics=topics)
    few = queries_of(client, address)
    many_items(GuidePage, tree.section("cam-nang"), 990, topics=topics, fields=lambda number: {"slug": f"them-{number}"})
    many = queries_of(client, address)

    assert few == many <= MOST_QUERIES


def test_cards_show_what_sets_their_kind_apart(client: Client, anise: Product, publish: Callable[..., Any]) -> None:
    starts_at = timezone.now() + dt.timedelta(days=40)
    result = {"value": "18.5", "unit": "tấn/ha", "meaning": "gấp rưỡi", "source": "Minh họa", "as_of": dt.date(2026, 10, 1)}
    pages = [
        publish(EventPage, "su-kien", title="Tập huấn", slug="tap-huan", starts_at=starts_at),
        publish(AchievementPage, "thanh-tuu", title="Giống mới", slug="giong", results=[("result", result)]),
        publish(DocumentPage, "van-ban", title="Kế hoạch", slug="ke-hoach", number="12/KH-UBND", issued_on=dt.date(2026, 1, 2), issuer="UBND tỉnh"),
    ]
    for page in pages:
        tag(page, anise)

    html = client.get("/san-pham/hoi/").content.decode()
    assert f'<time class="leaf" datetime="{timezone.localtime(starts_at):%Y-%m-%d}"' in html
    assert "18,5 tấn/ha" in html
    assert "12/KH-UBND" in html
