"""Months of the year: one number in the database, a sorted list of 1–12 for everybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms import modelform_factory
from hypothesis import given, settings
from hypothesis import strategies as st

from core.fields import MONTHS, MonthsField, months_to_mask
from knowledge_base.models import GuidePage
from tests.admin import add_url, fill
from tests.factories import many_items

month_lists = st.lists(st.sampled_from(list(MONTHS)), max_size=20)


@settings(max_examples=60, deadline=None)
@given(month_lists)
def test_months_come_back_sorted_and_once(months):
    field = MonthsField()

    assert field.to_python(field.get_prep_value(months)) == sorted(set(months))
    assert field.get_prep_value(months) < 2**12


@settings(max_examples=60, deadline=None)
@given(month_lists)
def test_months_survive_being_written_as_text(months):
    guide = type("Row", (), {"months": sorted(set(months))})()
    field = GuidePage._meta.get_field("months")

    assert field.to_python(field.value_to_string(guide)) == guide.months


@pytest.mark.parametrize(("months", "mask"), [([], 0), ([1], 1), ([1, 3], 0b101), ([12], 2**11), ([12, 1, 12], 2**11 + 1), (list(MONTHS), 4095)])
def test_bit_nought_is_january(months, mask):
    assert months_to_mask(months) == mask


@pytest.mark.parametrize(
    ("typed", "months"), [(None, []), ("", []), ("11, 1", [1, 11]), ("[1, 2]", [1, 2]), (["1", 11], [1, 11]), ((3, 3), [3]), (0b101, [1, 3])]
)
def test_what_stands_for_months_is_read(typed, months):
    assert MonthsField().to_python(typed) == months


@pytest.mark.parametrize("typed", ["tháng giêng", "13", "0", [0], [13], [-1], ["x"], [None], 4.5, 2**12, -1])
def test_what_is_no_month_is_refused(typed):
    with pytest.raises(ValidationError, match="Tháng là số từ 1 đến 12"):
        MonthsField().to_python(typed)


@pytest.fixture
def guides(tree: Any) -> None:
    months: list[list[int]] = [[11, 12], [1, 2, 3], []]
    many_items(GuidePage, tree.section("cam-nang"), 3, fields=lambda number: {"months": months[number - 1]})


@pytest.mark.parametrize(("month", "slugs"), [(11, ["muc-so-1"]), (1, ["muc-so-2"]), ("3", ["muc-so-2"]), (6, [])])
@pytest.mark.usefixtures("guides")
def test_a_guide_is_found_by_each_of_its_months(month, slugs):
    assert list(GuidePage.objects.filter(months__month=month).values_list("slug", flat=True)) == slugs


@pytest.mark.usefixtures("guides")
def test_a_guide_is_found_by_exactly_its_months():
    assert GuidePage.objects.get(months=[12, 11]).slug == "muc-so-1"
    assert GuidePage.objects.get(months=[]).slug == "muc-so-3"


@pytest.mark.parametrize("month", [0, 13, -1, "giêng", None])
@pytest.mark.usefixtures("guides")
def test_asking_for_a_month_that_is_none_is_refused_before_the_database_is(month):
    with pytest.raises(ValueError, match="1–12"):
        GuidePage.objects.filter(months__month=month).exists()


@pytest.mark.usefixtures("guides")
def test_the_database_holds_one_number():
    with connection.cursor() as cursor:
        cursor.execute("SELECT months FROM knowledge_base_guidepage")
        assert sorted(row[0] for row in cursor.fetchall()) == [0, 0b111, 0b110000000000]


@pytest.mark.usefixtures("guides")
def test_a_draft_keeps_its_months():
    guide = GuidePage.objects.get(slug="muc-so-2")
    guide.months = [5, 4]

    draft = guide.save_revision().as_object()

    assert draft.months == [4, 5]


@pytest.mark.django_db
def test_the_form_has_a_box_for_every_month_and_reads_the_ticked_ones():
    form_class = modelform_factory(GuidePage, fields=["months"])

    assert [value for value, _label in form_class().fields["months"].choices] == list(MONTHS)
    assert form_class({}).is_valid()
    form = form_class({"months": ["11", "1"]})
    form.is_valid()
    assert form.instance.months == [1, 11]


@pytest.mark.django_db
@pytest.mark.parametrize("ticked", [["13"], ["0"], ["giêng"], ["1", "\x00"]])
def test_the_form_refuses_a_box_that_it_does_not_have(ticked):
    form = modelform_factory(GuidePage, fields=["months"])({"months": ticked})

    assert not form.is_valid()
    assert list(form.errors) == ["months"]


def test_an_editor_ticks_months_and_the_guide_has_them(tree, admin_client):
    address = add_url(GuidePage, tree.section("cam-nang"))

    fill(admin_client, address, GuidePage, title="Ủ phân", slug="u-phan", months=["3", "2"])

    assert GuidePage.objects.get(slug="u-phan").get_latest_revision_as_object().months == [2, 3]
