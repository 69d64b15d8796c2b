"""Addresses: short, ASCII, read aloud as the title; none that belongs to the site's own views; old ones lead to the new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from wagtail.models import Page

from achievements.models import AchievementPage
from core.addresses import FEED_SEGMENTS, reserved_first_segments
from home.models import PlainPage
from news.models import ArticlePage
from tests.admin import add_url, fill

pytestmark = pytest.mark.django_db


def first_segments(patterns: Any) -> set[str]:
    """What the first segments of the site's own views are, read from the routes; the tree's own catch-all has none."""
    found: set[str] = set()
    for pattern in patterns:
        route = str(pattern.pattern)
        words = route.removeprefix("^")
        if words in {"", "en/", "vi/"} and hasattr(pattern, "url_patterns"):
            found |= first_segments(pattern.url_patterns)
        elif words.startswith("(?P<segment>"):
            found |= set(words.removeprefix("(?P<segment>").split(")")[0].split("|"))
        elif words.startswith("(?P<form>"):
            found |= set(words.removeprefix("(?P<form>").split(")")[0].split("|"))
        elif not words.startswith("("):
            found.add(words.split("/")[0])
    return {segment for segment in found if segment and "<" not in segment}


def test_every_first_segment_of_our_own_views_is_reserved():
    found = first_segments(get_resolver().url_patterns)

    assert {"tim-kiem", "san-pham", "rss", "quan-tri", "healthz", "media", "documents"} <= found
    assert found <= reserved_first_segments()


@pytest.mark.parametrize("slug", sorted(segment for segment in reserved_first_segments() if "." not in segment))
def test_a_page_under_the_home_page_cannot_take_a_segment_of_the_system(tree, slug):
    with pytest.raises(ValidationError, match=r"là đường dẫn của hệ thống\. Hãy chọn đường dẫn khác") as refused:
        tree.home().add_child(instance=PlainPage(title="Trang thử", slug=slug))

    assert list(refused.value.message_dict) == ["slug"]
    assert not Page.objects.filter(slug=slug, depth=3).exists()


@pytest.mark.parametrize("slug", ["en", "vi", "san-pham"])
def test_the_english_tree_keeps_the_same_segments_free(tree, slug):
    with pytest.raises(ValidationError, match="là đường dẫn của hệ thống"):
        tree.home("en").add_child(instance=PlainPage(title="A page", slug=slug))


@pytest.mark.parametrize("slug", sorted(FEED_SEGMENTS))
def test_an_item_cannot_hide_the_feed_of_its_section(publish, slug):
    with pytest.raises(ValidationError, match="là địa chỉ nguồn tin của mục"):
        publish(ArticlePage, "tin-tuc", slug=slug)


def test_an_item_may_have_a_slug_that_is_only_reserved_at_the_first_place(publish, client):
    publish(ArticlePage, "tin-tuc", slug="san-pham")

    assert client.get("/tin-tuc/san-pham/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "message"),
    [("san-pham", "“san-pham” là đường dẫn của hệ thống"), ("Tìm kiếm", "“tim-kiem” là đường dẫn của hệ thống"), ("tin-tuc", "tin-tuc")],
)
def test_an_editor_reads_on_the_field_why_an_address_is_refused(tree, admin_client, typed, message):
    answer = fill(admin_client, add_url(PlainPage, tree.home()), PlainPage, title="Trang thử", slug=typed, action__publish="1")

    form = answer.context["form"]
    assert answer.status_code == 200
    assert message in " ".join(form.errors["slug"])
    assert form["title"].value() == "Trang thử"
    assert not PlainPage.objects.exists()


def test_the_same_slug_twice_under_one_section_is_refused(publish):
    publish(ArticlePage, "tin-tuc", slug="mot-bai")

    with pytest.raises(ValidationError) as refused:
        publish(ArticlePage, "tin-tuc", slug="mot-bai")

    assert list(refused.value.message_dict) == ["slug"]


def test_the_same_slug_under_two_sections_or_in_two_languages_is_fine(publish):
    publish(ArticlePage, "tin-tuc", slug="mot-bai")
    publish(ArticlePage, "tin-tuc", language="en", slug="mot-bai")
    publish(AchievementPage, "thanh-tuu", slug="mot-bai")

    assert Page.objects.filter(slug="mot-bai").count() == 3


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Bệnh đốm lá hồi", "benh-dom-la-hoi"),
        ("Đường Đi: ƯỚC mơ", "duong-di-uoc-mo"),
        ("Be\u0302\u0323nh đốm lá hồi", "benh-dom-la-hoi"),
        ("ặ" * 255, "a" * 255),
    ],
)
def test_a_slug_that_nobody_typed_is_the_title_without_accents(publish, title, slug):
    assert publish(ArticlePage, "tin-tuc", title=title).slug == slug


def test_a_second_item_of_the_same_title_gets_an_address_of_its_own(publish):
    assert [publish(ArticlePage, "tin-tuc", title="Đốm lá").slug for _time in range(3)] == ["dom-la", "dom-la-2", "dom-la-3"]


def test_a_title_without_any_letter_asks_for_a_slug(publish):
    with pytest.raises(ValidationError) as refused:
        publish(ArticlePage, "tin-tuc", title="!!!")

    assert "slug" in refused.value.message_dict


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Any) -> Callable[[Page, str], None]:
    """Publish a page under another slug; redirects are made when the transaction ends."""

    def rename(page: Page, slug: str) -> None:
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


@pytest.mark.parametrize(("language", "prefix"), [("vi", ""), ("en", "/en")])
def test_the_old_address_of_a_renamed_item_leads_to_the_new_one(publish, client, rename, language, prefix):
    rename(publish(ArticlePage, "tin-tuc", language=language, slug="ten-cu"), "ten-moi")

    answer = client.get(f"{prefix}/tin-tuc/ten-cu/")

    assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/tin-tuc/ten-moi/")
    assert client.get(answer["Location"]).status_code == 200


def test_items_of_a_renamed_section_are_found_under_their_old_address(publish, client, tree, rename):
    publish(ArticlePage, "tin-tuc", slug="mot-bai")
    rename(tree.section("tin-tuc"), "tin")

    assert client.get("/tin-tuc/")["Location"] == "/tin/"
    assert client.get("/tin-tuc/mot-bai/")["Location"] == "/tin/mot-bai/"


def test_a_moved_item_is_found_under_its_old_address(publish, client, tree):
    article = publish(ArticlePage, "tin-tuc", slug="mot-bai")
    article.move(tree.section("su-kien"), pos="last-child")

    assert client.get("/tin-tuc/mot-bai/")["Location"] == "/su-kien/mot-bai/"


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("segment", ["tin-tuc", "cam-nang", "ton-vinh", "thuat-ngu"])
def test_first_segments_are_the_same_in_every_language(tree, client, prefix, segment):
    assert client.get(f"{prefix}/{segment}/").status_code == 200


def test_vietnamese_has_no_prefix(tree, client):
    assert client.get("/vi/tin-tuc/").status_code == 404
