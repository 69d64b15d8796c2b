"""A few letters without accents find a value, in the choosers and in the lists of the admin."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from news.models import ArticlePage
from tests.admin import add_url, errors_of, snippet_url, text_of
from tests.conftest import Tree
from topics.models import Audience, Byline, Contact, Field, FormerPlace, FormerPlacePart, Locality, NameKind, Product, ProductName, Technique

SINCE = dt.date(2025, 7, 1)


@pytest.fixture
def desk(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("desk", "desk@example.org"))
    return client


@pytest.fixture
def products(db: None) -> dict[str, Product]:
    crops = Product.objects.create(slug="cay-chu-luc", name="Cây chủ lực")
    rows = [
        Product(slug="hoi", name="Hồi", scientific_name="Illicium verum", parent=crops, names=[ProductName(name="Đại hồi", kind=NameKind.OTHER)]),
        Product(slug="hong", name="Hồng", scientific_name="Diospyros kaki", parent=crops),
        Product(slug="ca-hoi", name="Cá hồi", scientific_name="Oncorhynchus mykiss"),
        Product(slug="dau-thau", name="Đậu tương, đỗ tương"),
    ]
    for row in rows:
        row.save()
    return {row.slug: row for row in rows}


@pytest.fixture
def places(db: None) -> dict[str, Locality]:
    rows = {
        slug: Locality.objects.create(slug=slug, name=name, code=code, since=SINCE, kind=kind)
        for slug, name, code, kind in (
            ("that-khe", "Thất Khê", "06001", "commune"),
            ("dong-kinh", "Đông Kinh", "06002", "ward"),
            ("ky-lua", "Kỳ Lừa", "06003", "ward"),
        )
    }
    rows["cu"] = Locality.objects.create(slug="cu", name="Xã đã hết", code="06004", since=dt.date(2020, 1, 1), until=SINCE, kind="commune")
    for former, slugs in {"Chi Lăng": ["that-khe"], "Mai Pha": ["dong-kinh"], "Hoàng Đồng": ["ky-lua", "dong-kinh"]}.items():
        old = FormerPlace.objects.create(name=former, kind="commune", code=f"x{former[:2]}")
        FormerPlacePart.objects.bulk_create([FormerPlacePart(former=old, locality=rows[slug]) for slug in slugs])
    return rows


def choose(client: Client, model: type[Model], text: str, view: str = "choose_results") -> list[str]:
    """Names that a chooser shows for what is typed, in order."""
    url = reverse(model.snippet_viewset.chooser_viewset.get_url_name(view))  # type: ignore[attr-defined]
    response = client.get(url, {"q": text} if text else {})
    assert response.status_code == 200
    content = response.json()["html"] if view == "choose" else response.content.decode()
    return [" ".join(re.sub(r"<[^>]+>", " ", title).split()) for title in re.findall(r"<a[^>]*data-chooser-modal-choice[^>]*>(.*?)</a>", content, re.DOTALL)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hoi", ["Hồi", "Cá hồi"]),
        ("Hồi", ["Hồi", "Cá hồi"]),
        ("HOI", ["Hồi", "Cá hồi"]),
        ("dai hoi", ["Hồi"]),
        ("illicium", ["Hồi"]),
        ("verum", ["Hồi"]),
        ("kaki", ["Hồng"]),
        ("do tuong", ["Đậu tương, đỗ tương"]),
        ("đau", ["Đậu tương, đỗ tương"]),
        ("ho", ["Hồi", "Hồng", "Cá hồi"]),
        ("không có gì như thế", []),
        ("'\" % _ \\ ;", []),
    ],
)
def test_a_product_is_found_by_any_of_its_names(typed: str, found: list[str], desk: Client, products: dict[str, Product]) -> None:
    assert choose(desk, Product, typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("that khe", ["Thất Khê"]),
        ("dong kinh", ["Đông Kinh"]),
        ("chi lang", ["Thất Khê"]),
        ("mai pha", ["Đông Kinh"]),
        ("hoang dong", ["Đông Kinh", "Kỳ Lừa"]),
        ("het", []),
        ("chi pha", []),
    ],
)
def test_the_name_of_an_older_unit_finds_the_commune_of_today(typed: str, found: list[str], desk: Client, places: dict[str, Locality]) -> None:
    assert choose(desk, Locality, typed) == found


def test_before_anything_is_typed_a_chooser_shows_all_in_vietnamese_order(desk: Client, products: dict[str, Product], places: dict[str, Locality]) -> None:
    assert choose(desk, Product, "", view="choose") == ["Cá hồi", "Cây chủ lực", "Đậu tương, đỗ tương", "Hồi", "Hồng"]
    assert choose(desk, Locality, "", view="choose") == ["Đông Kinh", "Kỳ Lừa", "Thất Khê"]


def test_a_chooser_of_places_says_which_older_units_went_in(desk: Client, places: dict[str, Locality], django_assert_max_num_queries: Any) -> None:
    url = reverse(Locality.snippet_viewset.chooser_viewset.get_url_name("choose_results"))  # type: ignore[attr-defined]
    with django_assert_max_num_queries(8):
        shown = text_of(desk.get(url))

    assert "Hoàng Đồng, Mai Pha" in shown


def test_people_are_found_too(desk: Client) -> None:
    Byline.objects.create(slug="la-ba", name="Lã Bá")
    Contact.objects.create(slug="tram", name="Trạm khuyến nông", organisation="Sở NN&MT")

    assert choose(desk, Byline, "la ba") == ["Lã Bá"]
    assert choose(desk, Contact, "khuyen nong") == ["Trạm khuyến nông"]


def test_several_are_chosen_at_once_in_the_page_editor(desk: Client, tree: Tree, products: dict[str, Product]) -> None:
    screen = desk.get(add_url(ArticlePage, tree.section("tin-tuc"))).content.decode()

    assert screen.count("MultipleChooserPanel(") == 7
    assert "id_product_links-OPEN_MODAL" in screen
    url = reverse(Product.snippet_viewset.chooser_viewset.get_url_name("chosen_multiple"))  # type: ignore[attr-defined]
    chosen = desk.get(url, {"id": [products["hoi"].pk, products["hong"].pk], "multiple": 1}).json()
    assert {row["string"] for row in chosen["result"]} == {"Hồi", "Hồng"}


def test_each_kind_of_row_has_its_screens_in_vietnamese(desk: Client) -> None:
    for model in (Field, Technique, Product, Locality, Audience, FormerPlace, Byline, Contact):
        listing, form = desk.get(snippet_url(model, "list")), desk.get(snippet_url(model, "add"))

        assert listing.status_code == form.status_code == 200
        name = str(model._meta.verbose_name_plural)
        assert name[:1].upper() + name[1:] in text_of(listing)
        assert all(json.dumps(label)[1:-1] in listing.content.decode() for label in ("Phân loại", "Con người", "Địa bàn"))


def test_a_list_is_in_vietnamese_order_and_searched_without_accents(desk: Client, products: dict[str, Product]) -> None:
    def names(**query: str) -> list[str]:
        return [row.name for row in desk.get(snippet_url(Product, "list"), query).context["object_list"]]

    assert names() == ["Cá hồi", "Cây chủ lực", "Đậu tương, đỗ tương", "Hồi", "Hồng"]
    assert names(q="hoi") == ["Cá hồi", "Hồi"]
    assert names(q="hoi", parent=str(Product.objects.get(slug="cay-chu-luc").pk)) == ["Hồi"]
    assert names(ordering="-sort_key")[0] == "Hồng"


NO_NAMES = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}


def test_a_value_is_saved_with_its_order_and_an_address_made_of_its_name(desk: Client) -> None:
    names = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "names-0-language": "en", "names-0-name": "Tissue culture", "names-0-kind": "name"}
    desk.post(snippet_url(Technique, "add"), {"name": "Nuôi cấy đỉnh", "slug": "", "description": ""} | names)
    technique = Technique.objects.get()

    assert (technique.slug, technique.folded) == ("nuoi-cay-dinh", "nuoi cay dinh ; tissue culture")
    assert technique.labels == {"vi": "Nuôi cấy đỉnh", "en": "Tissue culture"}


def test_a_second_value_of_the_same_name_is_refused_on_the_field(desk: Client) -> None:
    Technique.objects.create(slug="nuoi-cay-dinh", name="Nuôi cấy đỉnh")
    response = desk.post(snippet_url(Technique, "add"), {"name": "Nuôi cây đình", "slug": "", "description": ""} | NO_NAMES)

    assert list(errors_of(response)) == ["slug"]
    assert Technique.objects.count() == 1
