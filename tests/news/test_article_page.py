"""The page of an article: what a reader of the news sees of it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from news.models import ArticlePage
from news.strips import latest
from tests.factories import many_items, tag
from tests.pages import MOST_QUERIES, queries_of, words_of
from topics.models import Byline, BylineLink, Contact, Product

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def article(publish):
    def article(language: str = "vi", **fields) -> ArticlePage:
        return publish(ArticlePage, "tin-tuc", language, **({"title": "Giữ cây hồi đầu dòng"} | fields))

    return article


@pytest.fixture
def hoi() -> Product:
    return Product.objects.create(slug="hoi", name="Hồi")


def body(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(("language", "address"), [("vi", "/tin-tuc/giu-cay-hoi-dau-dong/"), ("en", "/en/tin-tuc/giu-cay-hoi-dau-dong/")])
def test_an_article_reads_in_each_language(client, article, language, address):
    article(language)

    page = body(client.get(address))

    assert f'<html lang="{language}"' in page
    assert "<h1>Giữ cây hồi đầu dòng</h1>" in page


def test_an_article_with_nothing_but_a_title_still_reads(client, article):
    response = client.get(article().url)

    assert response.status_code == 200
    assert "None" not in body(response)


def test_the_head_says_kind_summary_authors_in_order_and_reading_time(client, article):
    page = article(kind="phong-su", summary="Chỉ lấy cành từ cây tốt.", body=[("text", "<p>" + "chữ " * 800 + "</p>")])
    for order, (slug, role) in enumerate([("hong-van", "author"), ("an-binh", "author"), ("anh-chi", "photographer")]):
        byline = Byline.objects.create(slug=slug, name=slug.title())
        BylineLink.objects.create(page=page, byline=byline, role=role, sort_order=order)

    text = words_of(client.get(page.url), "main")

    assert "Phóng sự" in text
    assert "Chỉ lấy cành từ cây tốt." in text
    assert "Đọc 4 phút" in text
    assert text.index("Hong-Van") < text.index("An-Binh") < text.index("Anh-Chi")


def test_the_day_of_the_event_stands_beside_the_day_of_publication(client, article):
    page = body(client.get(article(event_on=dt.date(2026, 11, 2)).url))

    assert "02/11/2026" in page


def test_a_withdrawn_article_says_why_and_leaves_the_list(client, article):
    page = article(withdrawn_on=TODAY, withdrawn_reason="Số liệu chưa được kiểm chứng.")

    response = client.get(page.url)

    assert response.status_code == 410
    assert "Số liệu chưa được kiểm chứng." in body(response)
    assert page.title not in body(client.get("/tin-tuc/"))


@pytest.mark.parametrize(("is_sample", "marks"), [(True, True), (False, False)])
def test_what_is_not_real_says_so(client, article, is_sample, marks):
    assert ("sample-mark" in body(client.get(article(is_sample=is_sample).url))) is marks


def test_an_overdue_article_warns_before_its_text_and_names_its_keeper(client, article):
    keeper = Contact.objects.create(slug="to-1", name="Tổ khuyến nông")
    page = article(review_by=TODAY - dt.timedelta(days=1), keeper=keeper, body=[("text", "<p>Đoạn đầu.</p>")])

    text = body(client.get(page.url))

    assert text.count("Quá hạn kiểm tra") == 1
    assert text.index("Quá hạn kiểm tra") < text.index("Đoạn đầu.")
    assert "Tổ khuyến nông" in text


def test_no_address_on_the_page_leads_to_a_third_party(client, article):
    page = body(client.get(article(summary="Tóm tắt.").url))

    hosts = {address for address in re.findall(r'(?:href|src|action)="(https?://[^"]+)"', page) if not address.startswith("http://localhost:8000/")}
    assert hosts == set()
    assert "mailto:?subject=" in page


def test_an_article_costs_the_same_among_ten_and_among_a_thousand(client, tree, article, hoi):
    page = article(keeper=Contact.objects.create(slug="to-1", name="Tổ khuyến nông"))
    tag(page, hoi)
    many_items(ArticlePage, tree.section("tin-tuc"), 10, topics=[hoi])
    few = queries_of(client, page.url)
    many_items(ArticlePage, tree.section("tin-tuc"), 990, topics=[hoi], fields=lambda number: {"slug": f"them-{number}"})

    assert queries_of(client, page.url) == few <= MOST_QUERIES


def test_the_home_page_shows_the_newest_article_large_and_five_beside_it(rf, tree):
    many_items(ArticlePage, tree.section("tin-tuc"), 9)

    strip = latest(tree.home(), rf.get("/"))

    assert strip["lead"]["title"] == "Mục số 9"
    assert [article["title"] for article in strip["articles"]] == [f"Mục số {number}" for number in (8, 7, 6, 5, 4)]
    assert strip["url"] == "/tin-tuc/"


def test_a_home_page_without_articles_has_no_strip_of_news(rf, tree):
    many_items(ArticlePage, tree.section("tin-tuc"), 1)

    assert latest(tree.home("en"), rf.get("/en/")) is None
