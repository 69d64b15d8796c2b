"""Rules of the honours register (Luật Thi đua, khen thưởng 06/2022/QH15)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.template.loader import render_to_string

from achievements.models import Honour
from achievements.queries import counts_of
from achievements.strips import newest_honours

pytestmark = pytest.mark.django_db

ANNULLED = {"annulled_on": dt.date(2026, 1, 9), "annulled_by": "2/QĐ-UBND"}


def test_an_annulled_honour_no_longer_stands_but_stays_in_the_register(grant):
    grant("12/QĐ-UBND", "2025-05-02")
    grant("13/QĐ-UBND", "2025-05-02", **ANNULLED)

    assert [honour.decision_number for honour in Honour.objects.standing()] == ["12/QĐ-UBND"]
    assert counts_of(Honour.objects.for_register()) == {"total": 2, "honourees": 1, "annulled": 1}


@pytest.mark.parametrize(("day", "stands"), [("2025-05-01", 0), ("2025-05-02", 1), ("2026-01-08", 1), ("2026-01-09", 0)])
def test_an_honour_stands_from_its_decision_until_its_annulment(grant, day, stands):
    grant("13/QĐ-UBND", "2025-05-02", **ANNULLED)

    assert Honour.objects.standing(on=dt.date.fromisoformat(day)).count() == stands


@pytest.mark.parametrize(("day", "stands"), [("2026-05-02", 1), ("2026-05-03", 0)])
def test_an_honour_with_a_last_day_stands_through_that_day(grant, day, stands):
    grant("14/QĐ-UBND", "2025-05-02", valid_until=dt.date(2026, 5, 2))

    assert Honour.objects.standing(on=dt.date.fromisoformat(day)).count() == stands


@pytest.mark.parametrize("half", [{"annulled_on": dt.date(2026, 1, 9)}, {"annulled_by": "2/QĐ-UBND"}])
def test_half_an_annulment_is_refused_with_a_way_out(grant, half):
    honour = grant("15/QĐ-UBND", "2025-05-02")
    for name, value in half.items():
        setattr(honour, name, value)

    with pytest.raises(ValidationError, match="cần cả ngày và số quyết định"):
        honour.full_clean()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"annulled_on": dt.date(2025, 5, 1), "annulled_by": "2/QĐ-UBND"}, "Ngày hủy bỏ không thể trước ngày quyết định"),
        ({"valid_until": dt.date(2025, 5, 1)}, "Ngày hết giá trị không thể trước ngày quyết định"),
    ],
)
def test_nothing_ends_before_it_begins(grant, fields, message):
    honour = grant("16/QĐ-UBND", "2025-05-02")
    for name, value in fields.items():
        setattr(honour, name, value)

    with pytest.raises(ValidationError, match=message):
        honour.full_clean()
    with pytest.raises(IntegrityError):
        honour.save()


def test_one_decision_honours_the_same_honouree_once(grant):
    grant("17/QĐ-UBND", "2025-05-02")

    with pytest.raises(IntegrityError):
        grant("17/QĐ-UBND", "2025-05-02")


def test_lines_of_the_register_cost_one_query_for_any_number_of_honours(grant, honouree, django_assert_num_queries):
    for number in range(30):
        grant(f"{number}/QĐ-UBND", "2025-05-02")
    # From here on the addresses of the site's home pages are remembered.
    assert honouree.get_url() == "/ton-vinh/htx-hoi-ban-chang/"

    with django_assert_num_queries(1):
        context = [{"honour": honour, "show_honouree": True} for honour in Honour.objects.for_register()]
        lines = [render_to_string("components/honour_line.html", line) for line in context]
    assert len(lines) == 30


def test_an_annulled_line_names_the_decision_that_annulled_it(grant):
    honour = grant("18/QĐ-UBND", "2025-05-02", annulment_reason="Khai sai thành tích.", **ANNULLED)

    line = render_to_string("components/honour_line.html", {"honour": honour})

    assert "đã hủy bỏ" in line
    assert "Hủy bỏ theo quyết định 2/QĐ-UBND, ngày 09/01/2026." in line
    assert "Khai sai thành tích." in line


def test_the_home_page_shows_the_three_newest_honours_that_stand(rf, tree, grant):
    for number, day in enumerate(("2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"), start=1):
        grant(f"{number}/QĐ-UBND", day)
    grant("5/QĐ-UBND", "2025-05-01", **ANNULLED)

    strip = newest_honours(tree.home(), rf.get("/"))

    assert [honour.decision_number for honour in strip["honours"]] == ["4/QĐ-UBND", "3/QĐ-UBND", "2/QĐ-UBND"]


def test_the_english_home_page_leads_to_the_english_page_of_an_honouree(rf, tree, grant, publish, honouree):
    english = publish(type(honouree), "ton-vinh", "en", title="Bản Chang cooperative", kind="hop-tac-xa", translation_key=honouree.translation_key)
    grant("1/QĐ-UBND", "2025-01-01")

    strip = newest_honours(tree.home("en"), rf.get("/en/"))

    assert strip["honours"][0].page == english


def test_a_home_page_without_honours_has_no_strip_of_them(rf, tree):
    assert newest_honours(tree.home(), rf.get("/")) is None
