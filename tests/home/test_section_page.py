"""A section: what is here in one sentence, its items with what a list must say of them, in each language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knowledge_base.models import GuidePage
from news.models import ArticlePage
from tests.factories import make_topic, tag
from tests.pages import part_of, titles_of, words_of
from topics.models import Locality

pytestmark = pytest.mark.django_db


def test_a_section_says_what_is_here_and_how_much(client: Client, tree: Any, publish: Callable[..., Any]) -> None:
    section = tree.section("cam-nang")
    section.summary = "Cách làm từng bước, có người để gọi."
    section.save()
    publish(GuidePage, "cam-nang", title="Ủ phân", slug="u-phan")

    shown = words_of(client.get("/cam-nang/"), "main")
    assert "Cách làm từng bước, có người để gọi." in shown
    assert "1 mục" in shown


def test_a_line_says_kind_title_summary_place_date_and_sample(client: Client, publish: Callable[..., Any]) -> None:
    page = publish(GuidePage, "cam-nang", title="Ủ phân", slug="u-phan", summary="Trộn, ủ, đảo.", is_sample=True)
    tag(page, make_topic(Locality, "van-quan", "Văn Quan"))

    shown = words_of(client.get("/cam-nang/"), "article")
    for part in ("Cẩm nang", "Ủ phân", "Trộn, ủ, đảo.", "Văn Quan", f"{timezone.localdate():%d/%m/%Y}", "Nội dung minh họa"):
        assert part in shown


def test_a_section_lists_its_own_kind_in_its_own_language(client: Client, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Ủ phân", slug="u-phan")
    publish(GuidePage, "cam-nang", "en", title="Composting", slug="composting")
    publish(ArticlePage, "tin-tuc", title="Tin mới", slug="tin-moi")

    assert titles_of(client.get("/cam-nang/")) == ["Ủ phân"]
    assert titles_of(client.get("/en/cam-nang/")) == ["Composting"]
    assert titles_of(client.get("/tin-tuc/")) == ["Tin mới"]


@pytest.mark.parametrize(("address", "words"), [("/cam-nang/", "Chưa có mục nào"), ("/en/cam-nang/", "")])
def test_an_empty_section_offers_ways_on(client: Client, tree: Any, address: str, words: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert words in words_of(response)
    assert part_of(response, '<div class="empty-state"', "div")


def test_a_draft_and_a_withdrawn_item_are_not_listed(client: Client, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Nháp", slug="nhap", live=False)
    publish(GuidePage, "cam-nang", title="Đã gỡ", slug="da-go", withdrawn_on=timezone.localdate(), withdrawn_reason="Sai liều lượng.")

    assert titles_of(client.get("/cam-nang/")) == []


def test_html_in_a_title_is_text_in_a_list(client: Client, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="<img src=x onerror=alert(1)>", slug="anh", summary="<b>đậm</b>")

    html = client.get("/cam-nang/").content.decode()
    assert "<img src=x" not in html
    assert "<b>đậm" not in html


def test_a_section_links_its_feeds_and_its_languages(client: Client, tree: Any) -> None:
    html = client.get("/cam-nang/").content.decode()

    assert 'type="application/rss+xml"' in html
    assert 'href="/cam-nang/rss/"' in html
    assert 'href="/cam-nang/atom/"' in html
    assert 'hreflang="en" href="http://localhost:8000/en/cam-nang/"' in html
