"""The taxonomy files say what is true of Lạng Sơn and of the programme. Reads YAML only: no database."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).resolve().parents[2] / "topics" / "data"
TAXONOMIES = ("fields", "techniques", "products", "audiences")
FILES = (*TAXONOMIES, "localities", "former_districts", "contacts", "bylines")
ASCII_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# hoà, hoá, khoẻ, thuỷ, huỷ: the press writes hòa, hóa, khỏe, thủy, hủy; "quý" is no such case.
OLD_TONE_PLACE = re.compile(r"o[àáảãạèéẻẽẹ]\b|(?<!q)u[ỳýỷỹỵ]\b", re.IGNORECASE)
KEYS = {
    "fields": {"slug", "name", "names", "aliases", "description", "parent", "is_restricted"},
    "techniques": {"slug", "name", "names", "aliases", "description", "parent"},
    "products": {"slug", "name", "names", "aliases", "ethnic_names", "description", "parent", "scientific_name", "is_uncertain"},
    "audiences": {"slug", "name", "names", "aliases", "description", "parent"},
    "localities": {"code", "since", "kind", "slug", "name", "districts", "grid", "predecessors"},
    "former_districts": {"slug", "name", "kind", "aliases"},
    "contacts": {"slug", "name", "job", "organisation", "phone", "hours", "localities", "products", "is_sample"},
    "bylines": {"slug", "name", "kind", "is_sample"},
}


@cache
def load(name: str) -> list[dict[str, Any]]:
    """The rows of one file, in file order; read once."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def slugs(name: str) -> set[str]:
    """All slugs of one file."""
    return {row["slug"] for row in load(name)}


def texts(value: Any) -> Iterator[str]:
    """Every string in a row, keys included, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(key)
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def leaf_products() -> list[dict[str, Any]]:
    """Products that are no group of others."""
    rows = load("products")
    groups = {row.get("parent") for row in rows}
    return [row for row in rows if row["slug"] not in groups]


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_only_known_keys(name: str) -> None:
    # A comma inside {en: …} makes a second key with no value; this is where it shows.
    for row in load(name):
        assert set(row) <= KEYS[name], row["slug"]
        assert None not in row.values(), row["slug"]
        assert set(row.get("names", {"en": ""})) == {"en"}, row["slug"]


@pytest.mark.parametrize("name", FILES)
def test_slugs_are_unique_in_a_file_and_ascii(name: str) -> None:
    found = [row["slug"] for row in load(name)]

    assert [slug for slug, times in Counter(found).items() if times > 1] == []
    assert [slug for slug in found if not ASCII_SLUG.fullmatch(slug)] == []


@pytest.mark.parametrize("name", FILES)
def test_text_is_stored_nfc_with_tone_marks_where_the_press_puts_them(name: str) -> None:
    for text in texts(load(name)):
        assert unicodedata.is_normalized("NFC", text), text
        assert not OLD_TONE_PLACE.search(text), text
        assert text == text.strip(), text


@pytest.mark.parametrize("name", TAXONOMIES)
def test_every_value_has_an_english_name_and_a_description_that_fits(name: str) -> None:
    for row in load(name):
        assert row["names"]["en"].strip(), row["slug"]
        assert 20 <= len(row["description"]) <= 300, row["slug"]
        assert row["name"][0].isupper(), row["slug"]


@pytest.mark.parametrize("name", TAXONOMIES)
def test_an_alias_is_neither_the_name_nor_said_twice(name: str) -> None:
    for row in load(name):
        said = [row["name"].lower(), *(alias.lower() for alias in row.get("aliases", []))]
        assert len(said) == len(set(said)), row["slug"]


@pytest.mark.parametrize("name", TAXONOMIES)
def test_a_parent_stands_before_its_children_and_under_no_other(name: str) -> None:
    groups: set[str] = set()
    for row in load(name):
        if parent := row.get("parent"):
            assert parent in groups, row["slug"]
        else:
            groups.add(row["slug"])


@pytest.mark.parametrize(("name", "count"), [("fields", 5), ("techniques", 12), ("audiences", 10), ("former_districts", 11), ("contacts", 6), ("bylines", 4)])
def test_counts_are_those_of_the_programme_and_the_province(name: str, count: int) -> None:
    assert len(load(name)) == count


def test_products_lie_under_eight_groups_and_large_timber_is_not_divided() -> None:
    rows = load("products")

    assert sum("parent" not in row for row in rows) == 8
    assert len(leaf_products()) == 26
    assert [row["slug"] for row in leaf_products() if "parent" not in row] == ["go-lon"]


def test_only_the_fish_nobody_can_name_is_uncertain_and_it_has_no_scientific_name() -> None:
    uncertain = [row for row in load("products") if row.get("is_uncertain")]

    assert [row["slug"] for row in uncertain] == ["ca-mo"]
    assert "scientific_name" not in uncertain[0]
    assert uncertain[0]["description"].startswith("Chưa rõ")


def test_scientific_names_are_two_or_three_latin_words() -> None:
    for row in load("products"):
        if name := row.get("scientific_name"):
            assert re.fullmatch(r"[A-Z][a-z]+ (spp\.|sp\.|[a-z]+( [a-z]+)?)", name), row["slug"]


def test_only_defence_and_security_is_restricted() -> None:
    assert [row["slug"] for row in load("fields") if row.get("is_restricted")] == ["quoc-phong-an-ninh"]


def test_the_province_has_61_communes_and_4_wards_since_july_2025() -> None:
    rows = load("localities")

    assert Counter(row["kind"] for row in rows) == {"commune": 61, "ward": 4}
    assert {row["since"] for row in rows} == {dt.date(2025, 7, 1)}
    assert len({row["name"] for row in rows}) == 65


def test_codes_are_five_digits_as_text_and_unique() -> None:
    codes = [row["code"] for row in load("localities")]

    assert len(set(codes)) == 65
    assert all(isinstance(code, str) and re.fullmatch(r"\d{5}", code) for code in codes)


def test_196_predecessor_rows_name_194_old_units_of_which_two_were_divided() -> None:
    rows = [(locality["slug"], old) for locality in load("localities") for old in locality["predecessors"]]
    units = {old["code"]: (old["name"], old["kind"]) for _, old in rows}
    divided = {old["name"]: {slug for slug, other in rows if other["code"] == old["code"]} for _, old in rows if old.get("is_divided")}

    assert len(rows) == 196
    assert len(units) == 194
    assert all(units[old["code"]] == (old["name"], old["kind"]) for _, old in rows)
    assert all(set(old) <= {"code", "name", "kind", "is_divided"} and isinstance(old["code"], str) for _, old in rows)
    assert {kind for _, kind in units.values()} == {"commune", "ward", "town"}
    assert divided == {"Bính Xá": {"dinh-lap", "kien-moc"}, "Kiên Mộc": {"kien-moc", "chau-son"}}


def test_every_code_was_the_code_of_an_older_unit_and_37_stood_under_another_name() -> None:
    # "thị trấn Thất Khê" is another name than "xã Thất Khê": the kind counts.
    rows = load("localities")
    old = {old["code"]: (old["kind"], old["name"]) for row in rows for old in row["predecessors"]}

    assert all(row["code"] in old for row in rows)
    assert sum(old[row["code"]] != (row["kind"], row["name"]) for row in rows) == 37


def test_every_unit_lies_in_one_or_two_former_districts_and_every_district_is_named() -> None:
    rows = load("localities")
    named = Counter(district for row in rows for district in row["districts"])

    assert set(named) == slugs("former_districts")
    assert sorted(row["slug"] for row in rows if len(row["districts"]) == 2) == ["dong-kinh", "khanh-khe", "ky-lua", "tan-doan"]
    assert max(len(row["districts"]) for row in rows) == 2
    assert Counter(row["kind"] for row in load("former_districts")) == {"district": 10, "city": 1}


def test_no_two_units_share_a_hexagon() -> None:
    cells = {(row["grid"]["column"], row["grid"]["row"]) for row in load("localities")}

    assert len(cells) == 65


def test_contacts_are_samples_that_nobody_can_call() -> None:
    for row in load("contacts"):
        assert row["is_sample"] is True
        assert row["phone"] == "0000 000 000"
        assert set(row["localities"]) <= slugs("localities"), row["slug"]
        assert set(row["products"]) <= slugs("products"), row["slug"]


def test_every_product_has_somebody_to_call_from_anywhere_in_the_province() -> None:
    answered = {product for row in load("contacts") if not row["localities"] for product in row["products"]}

    assert {row["slug"] for row in leaf_products()} - answered == set()


def test_bylines_are_samples_of_every_kind() -> None:
    rows = load("bylines")

    assert all(row["is_sample"] is True for row in rows)
    assert {row["kind"] for row in rows} == {"person", "pen_name", "office"}
