"""Days and numbers as people here write them: the day first, the week from Monday, 1.234,5. In English the day comes first too."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.formats import date_format, get_format, localize, number_format
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from news.models import ArticlePage
from outreach.models import EventPage
from tests.admin import add_url, fill

LANGUAGES = ["vi", "en"]
OCTOBER = dt.date(2026, 10, 11)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("11/10/2026", OCTOBER),
        ("11/10/26", OCTOBER),
        ("11-10-2026", OCTOBER),
        ("2026-10-11", OCTOBER),
        ("31/12/2026", dt.date(2026, 12, 31)),
        ("29/2/2028", dt.date(2028, 2, 29)),
    ],
)
def test_a_typed_day_means_day_month_year(language, typed, day):
    with translation.override(language):
        assert forms.DateField().clean(typed) == day


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["10/13/2026", "29/2/2026", "0/1/2026", "hôm nay", "11/10", "11/10/2026 ngày"])
def test_what_is_no_day_is_refused(language, typed):
    with translation.override(language), pytest.raises(ValidationError):
        forms.DateField().clean(typed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "clock"), [("11/10/2026 14:05", "14:05"), ("11/10/2026 14:05:30", "14:05"), ("2026-10-11 14:05", "14:05"), ("11/10/2026", "00:00")]
)
def test_a_typed_moment_means_day_month_year_at_local_time(language, typed, clock):
    with translation.override(language):
        moment = timezone.localtime(forms.DateTimeField().clean(typed))

    assert moment.strftime("%d/%m/%Y %H:%M") == f"11/10/2026 {clock}"
    assert moment.utcoffset() == dt.timedelta(hours=7)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_picker_writes_the_form_reads_back(language):
    late = timezone.make_aware(dt.datetime(2026, 10, 11, 14, 5))
    with translation.override(language):
        day = AdminDateInput().format_value(OCTOBER)
        moment = AdminDateTimeInput().format_value(late)

        assert (day, moment) == ("11/10/2026", "11/10/2026 14:05")
        assert forms.DateField().clean(day) == OCTOBER
        assert forms.DateTimeField().clean(moment) == late


@pytest.mark.parametrize("language", LANGUAGES)
def test_weeks_begin_on_monday(language):
    with translation.override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["pages/add/outreach/eventpage/{section}/", "pages/add/news/articlepage/{news}/"])
def test_the_editors_calendar_begins_on_monday_and_writes_the_day_first(tree, admin_client, address):
    section, news = tree.section("su-kien").pk, tree.section("tin-tuc").pk

    page = admin_client.get(f"/quan-tri/{address.format(section=section, news=news)}").content.decode()

    assert re.search(r"dayOfWeekStart(&quot;|\")?: ?1", page)
    assert "dayOfWeekStart&quot;: 0" not in page
    assert re.search(r"format(&quot;|\")?: ?(&quot;|\")d/m/Y", page)


@pytest.mark.django_db
def test_a_day_typed_by_an_editor_is_stored_as_that_day(tree, admin_client):
    fill(admin_client, add_url(ArticlePage, tree.section("tin-tuc")), ArticlePage, title="Bài", slug="bai", event_on="11/10/2026")
    fill(
        admin_client,
        add_url(EventPage, tree.section("su-kien")),
        EventPage,
        title="Tập huấn",
        slug="tap-huan",
        starts_at="11/10/2026 07:30",
        venue="Nhà văn hóa",
    )

    article: Any = ArticlePage.objects.get(slug="bai").get_latest_revision_as_object()
    event: Any = EventPage.objects.get(slug="tap-huan").get_latest_revision_as_object()
    assert article.event_on == OCTOBER
    assert timezone.localtime(event.starts_at) == timezone.make_aware(dt.datetime(2026, 10, 11, 7, 30))


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("vi", 1234.5, "1.234,5"),
        ("vi", 1_234_567, "1.234.567"),
        ("vi", Decimal("0.50"), "0,50"),
        ("vi", -1234, "-1.234"),
        ("vi", 999, "999"),
        ("en", 1234.5, "1,234.5"),
        ("en", 1_234_567, "1,234,567"),
    ],
)
def test_numbers_are_grouped_by_three(language, value, written):
    with translation.override(language):
        assert number_format(value) == localize(value) == written
        assert Template("{{ value }}").render(Context({"value": value})) == written


@pytest.mark.parametrize(("typed", "value"), [("1234,5", Decimal("1234.5")), ("1.234,5", Decimal("1234.5")), ("18,5", Decimal("18.5"))])
def test_a_typed_number_has_a_comma_before_its_parts(typed, value):
    assert forms.DecimalField(localize=True).clean(typed) == value


@pytest.mark.parametrize(("language", "day", "short"), [("vi", "11/10/2026", "11/10/2026"), ("en", "11 October 2026", "11/10/2026")])
def test_a_day_is_shown_day_first(language, day, short):
    with translation.override(language):
        assert date_format(OCTOBER) == day
        assert date_format(OCTOBER, "SHORT_DATE_FORMAT") == short


def test_the_clock_is_that_of_viet_nam(settings):
    noon = dt.datetime(2026, 10, 11, 5, 0, tzinfo=dt.UTC)

    assert settings.TIME_ZONE == "Asia/Ho_Chi_Minh"
    assert date_format(timezone.localtime(noon), "DATETIME_FORMAT") == "12:00 11/10/2026"
