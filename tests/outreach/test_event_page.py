"""The page of an event: when, where, how to take part; and whether it is over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outreach.models import EventPage
from outreach.strips import next_events
from tests.factories import many_items, tag
from tests.pages import MOST_QUERIES, part_of, queries_of, words_in, words_of
from topics.models import Contact, Product

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate()
# Eight in the morning in Lạng Sơn.
MORNING = dt.datetime(2030, 12, 7, 1, tzinfo=dt.UTC)


@pytest.fixture
def event(publish):
    def event(language: str = "vi", **fields) -> EventPage:
        return publish(EventPage, "su-kien", language, **({"title": "Tập huấn ủ phân vi sinh", "starts_at": MORNING} | fields))

    return event


@pytest.mark.parametrize(("language", "address"), [("vi", "/su-kien/tap-huan-u-phan-vi-sinh/"), ("en", "/en/su-kien/tap-huan-u-phan-vi-sinh/")])
def test_an_event_reads_in_each_language(client, event, language, address):
    event(language)

    response = client.get(address)

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()
    assert "Tập huấn ủ phân vi sinh" in words_of(response, "h1")


def test_an_event_with_nothing_but_a_title_and_a_start_still_reads(client, event):
    words = words_of(client.get(event().url), "main")

    assert "08:00, 07/12/2030" in words
    assert "None" not in words


@pytest.mark.parametrize(
    ("ends_at", "said"),
    [(dt.datetime(2030, 12, 7, 9, 30, tzinfo=dt.UTC), "đến 16:30"), (dt.datetime(2030, 12, 8, 9, 30, tzinfo=dt.UTC), "đến 16:30, 08/12/2030")],
)
def test_the_end_names_its_day_only_where_it_is_another_one(client, event, ends_at, said):
    facts = words_in(part_of(client.get(event(ends_at=ends_at).url), '<dl class="event-facts', "dl"))

    assert facts == f"Lúc 08:00, 07/12/2030 {said}"


def test_a_reader_learns_where_who_how_many_seats_how_to_register_and_what_happens(client, event):
    page = event(
        venue="Nhà văn hóa thôn",
        organiser="Hội Nông dân xã",
        capacity=40,
        registration="<p>Đăng ký với trưởng thôn.</p>",
        agenda=[("slot", {"time": "08:30", "title": "Xem sân ủ", "note": "Nên đi ủng."})],
        contact=Contact.objects.create(slug="to-1", name="Tổ khuyến nông"),
    )

    words = words_of(client.get(page.url), "main")

    said = ["Ở đâu Nhà văn hóa thôn", "Ai tổ chức Hội Nông dân xã", "Số chỗ 40", "Đăng ký với trưởng thôn.", "08:30 Xem sân ủ Nên đi ủng.", "Tổ khuyến nông"]
    for words_said in said:
        assert words_said in words


def test_an_event_that_is_over_says_so_and_leads_to_the_next_ones(client, event):
    page = event(starts_at=NOW - dt.timedelta(days=2), registration="<p>Đăng ký với trưởng thôn.</p>")

    response = client.get(page.url)

    words = words_of(response, "article")
    assert "Sự kiện này đã diễn ra" in words
    assert "Đăng ký với trưởng thôn." not in words
    assert '<a href="/su-kien/">' in response.content.decode()


@pytest.mark.parametrize(("hours", "is_over"), [(-1, True), (1, False)])
def test_an_event_is_over_when_its_end_has_passed(event, hours, is_over):
    assert event(starts_at=NOW - dt.timedelta(days=1), ends_at=NOW + dt.timedelta(hours=hours)).is_over is is_over


def test_an_event_does_not_end_before_it_begins(event):
    page = event()
    page.ends_at = page.starts_at - dt.timedelta(minutes=1)

    with pytest.raises(ValidationError, match="Giờ kết thúc đứng trước giờ bắt đầu"):
        page.full_clean()


def test_a_withdrawn_event_says_why_and_leaves_the_list(client, event):
    page = event(withdrawn_on=TODAY, withdrawn_reason="Lớp hoãn vì mưa lũ.")

    response = client.get(page.url)

    assert response.status_code == 410
    assert "Lớp hoãn vì mưa lũ." in words_of(response)
    assert page.title not in words_of(client.get("/su-kien/"))


def test_sample_and_overdue_events_say_so(client, event):
    words = words_of(client.get(event(is_sample=True, review_by=TODAY - dt.timedelta(days=1)).url), "article")

    assert "Nội dung minh họa" in words
    assert words.count("Quá hạn kiểm tra") == 1


def test_an_event_costs_the_same_among_ten_and_among_a_thousand(client, tree, event):
    hoi = Product.objects.create(slug="hoi", name="Hồi")
    contact = Contact.objects.create(slug="to-1", name="Tổ khuyến nông")
    page = event(contact=contact, keeper=contact)
    tag(page, hoi)
    many_items(EventPage, tree.section("su-kien"), 10, topics=[hoi], fields=lambda number: {"starts_at": MORNING})
    few = queries_of(client, page.url)
    many_items(EventPage, tree.section("su-kien"), 990, topics=[hoi], fields=lambda number: {"starts_at": MORNING, "slug": f"them-{number}"})

    assert queries_of(client, page.url) == few <= MOST_QUERIES


def test_the_home_page_shows_the_next_three_events_the_soonest_first(rf, tree):
    days = [-2, 9, 3, 7, 5]
    many_items(
        EventPage,
        tree.section("su-kien"),
        5,
        fields=lambda number: {"title": f"Ngày {days[number - 1]}", "starts_at": NOW + dt.timedelta(days=days[number - 1])},
    )

    strip = next_events(tree.home(), rf.get("/"))

    assert [event["title"] for event in strip["events"]] == ["Ngày 3", "Ngày 5", "Ngày 7"]
    assert strip["url"] == "/su-kien/"


def test_an_event_that_goes_on_is_still_shown(rf, event, tree):
    event(starts_at=NOW - dt.timedelta(days=1), ends_at=NOW + dt.timedelta(days=1))

    assert len(next_events(tree.home(), rf.get("/"))["events"]) == 1


def test_a_home_page_with_no_event_ahead_has_no_strip_of_them(rf, event, tree):
    event(starts_at=NOW - dt.timedelta(days=1))

    assert next_events(tree.home(), rf.get("/")) is None
