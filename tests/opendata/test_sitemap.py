"""What search engines are told of: every public page in every language, and nothing that a visitor may not find."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from knowledge_base.models import Term
from news.models import ArticlePage
from tests.factories import make_topic, many_items
from tests.pages import queries_of
from topics.models import Product

pytestmark = pytest.mark.django_db
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://localhost:8000"


def locations(client: Any, address: str) -> list[str]:
    """Addresses in one sheet, or of the sheets in the index."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"].startswith("application/xml")
    return [found.text or "" for found in ElementTree.fromstring(answer.content).iter(f"{SPACE}loc")]


def test_the_index_names_every_sheet_and_each_opens(tree, client):
    sheets = locations(client, "/sitemap.xml")

    assert sheets == [f"{HOST}/sitemap-{name}.xml" for name in ("trang", "phan-loai", "thuat-ngu")]
    assert all(client.get(sheet.removeprefix(HOST)).status_code == 200 for sheet in sheets)


def test_every_live_page_of_every_language_is_listed_once(publish, client):
    publish(ArticlePage, "tin-tuc", slug="mot-bai")
    publish(ArticlePage, "tin-tuc", language="en", slug="an-article")

    found = locations(client, "/sitemap-trang.xml")

    assert {f"{HOST}/", f"{HOST}/en/", f"{HOST}/tin-tuc/", f"{HOST}/en/tin-tuc/", f"{HOST}/tin-tuc/mot-bai/", f"{HOST}/en/tin-tuc/an-article/"} <= set(found)
    assert len(found) == len(set(found))


def draft(page: ArticlePage) -> None:
    page.unpublish()


def withdrawn(page: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(withdrawn_on=timezone.localdate(), withdrawn_reason="Có nhầm lẫn.")


def behind_a_login(page: ArticlePage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def in_a_hidden_section(page: ArticlePage) -> None:
    behind_a_login(page.get_parent())


@pytest.mark.parametrize("hide", [draft, withdrawn, behind_a_login, in_a_hidden_section])
def test_what_a_visitor_may_not_find_is_not_listed(publish, client, hide):
    page = publish(ArticlePage, "tin-tuc", slug="mot-bai")
    hide(page)

    assert f"{HOST}/tin-tuc/mot-bai/" not in locations(client, "/sitemap-trang.xml")


def test_a_page_tells_when_it_last_changed(publish, client):
    publish(ArticlePage, "tin-tuc", slug="mot-bai", last_published_at=dt.datetime(2026, 10, 11, 8, 0, tzinfo=dt.UTC))

    entries = ElementTree.fromstring(client.get("/sitemap-trang.xml").content).iter(f"{SPACE}url")

    changed = {entry.findtext(f"{SPACE}loc"): entry.findtext(f"{SPACE}lastmod") for entry in entries}
    assert changed[f"{HOST}/tin-tuc/mot-bai/"] == "2026-10-11"


def test_every_value_of_a_taxonomy_is_listed_in_every_language(tree, client):
    make_topic(Product, "hoi", "Hồi")

    assert locations(client, "/sitemap-phan-loai.xml") == [f"{HOST}/san-pham/hoi/", f"{HOST}/en/san-pham/hoi/"]


def test_a_term_is_listed_in_the_languages_that_it_has(tree, client):
    vietnamese = Term.objects.create(name="Nuôi cấy mô", definition="<p>…</p>", locale=tree.home().locale)
    Term.objects.create(name="Tissue culture", definition="<p>…</p>", locale=tree.home("en").locale, translation_key=vietnamese.translation_key)
    Term.objects.create(name="Đốm lá", definition="<p>…</p>", locale=tree.home().locale)

    found = locations(client, "/sitemap-thuat-ngu.xml")

    assert sorted(found) == [f"{HOST}/en/thuat-ngu/tissue-culture/", f"{HOST}/thuat-ngu/dom-la/", f"{HOST}/thuat-ngu/nuoi-cay-mo/"]
    assert all(client.get(address.removeprefix(HOST)).status_code == 200 for address in found)


def test_addresses_carry_the_host_of_the_site(publish, client, settings):
    settings.SITE_URL = "https://congnghesinhhoc.example.vn"
    make_topic(Product, "hoi", "Hồi")

    index = locations(client, "/sitemap.xml")
    found = [address for sheet in index for address in locations(client, sheet.removeprefix(settings.SITE_URL))]

    assert found
    assert [address for address in [*index, *found] if not address.startswith("https://congnghesinhhoc.example.vn/")] == []
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feeds_carry_the_host_of_the_site(publish, client, settings, form):
    settings.SITE_URL = "https://congnghesinhhoc.example.vn"
    publish(ArticlePage, "tin-tuc", slug="mot-bai")

    feed = client.get(f"/tin-tuc/{form}/").content.decode()

    assert f"https://congnghesinhhoc.example.vn/tin-tuc/{form}/" in feed
    assert feed.count("https://congnghesinhhoc.example.vn/tin-tuc/mot-bai/") == 2
    assert "testserver" not in feed


@pytest.mark.parametrize("address", ["/sitemap-khong-co.xml", "/sitemap-trang.xml?p=99", "/sitemap-trang.xml?p=a", "/sitemap-trang.xml?p=0", "/sitemap-.xml"])
def test_a_sheet_that_is_not_there_is_not_found(tree, client, address):
    assert client.get(address).status_code == 404


def test_the_sheet_of_pages_costs_the_same_for_ten_and_for_a_thousand(tree, client):
    many_items(ArticlePage, tree.section("tin-tuc"), 10)
    few = queries_of(client, "/sitemap-trang.xml")
    many_items(ArticlePage, tree.section("tin-tuc"), 990, fields=lambda number: {"slug": f"them-{number}"})

    assert queries_of(client, "/sitemap-trang.xml") == few <= 10


def test_robots_may_read_everything_but_the_admin_and_results(client):
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")} == {"/quan-tri/", "/tim-kiem/", "/en/tim-kiem/", "/api/"}
    assert f"Sitemap: {HOST}/sitemap.xml" in lines
