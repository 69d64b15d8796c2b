"""RSS and Atom of the site, of sections and of values: valid XML, in each language, without what was withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from knowledge_base.models import GuidePage
from tests.factories import make_topic, many_items, tag
from tests.pages import queries_of
from topics.models import Product

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
PLACES = ["/", "/cam-nang/", "/san-pham/hoi/"]


@pytest.fixture
def items(publish: Callable[..., Any]) -> None:
    """One item in each language, one withdrawn, all of one product; a title with what XML must escape."""
    product = make_topic(Product, "hoi", "Hồi")
    made = [
        publish(GuidePage, "cam-nang", title="Hồi & quế: <cách phơi>", slug="phoi", summary="Phơi nắng.\u0007"),
        publish(GuidePage, "cam-nang", "en", title="Drying anise", slug="drying"),
        publish(GuidePage, "cam-nang", title="Đã gỡ", slug="da-go", withdrawn_on=timezone.localdate(), withdrawn_reason="Sai."),
        publish(GuidePage, "cam-nang", title="Bản nháp", slug="nhap", live=False),
    ]
    for page in made:
        tag(page, product)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("prefix", "title", "link"), [("", "Hồi & quế: <cách phơi>", "/cam-nang/phoi/"), ("/en", "Drying anise", "/en/cam-nang/drying/")])
def test_rss_holds_the_public_items_of_its_language(client: Client, items: None, place: str, prefix: str, title: str, link: str) -> None:
    response = client.get(f"{prefix}{place}rss/")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel is not None
    assert [item.findtext("title") for item in channel.findall("item")] == [title]
    assert [item.findtext("link", "").endswith(link) for item in channel.findall("item")] == [True]
    assert channel.findtext("language") == (prefix.strip("/") or "vi")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("prefix", "title"), [("", "Hồi & quế: <cách phơi>"), ("/en", "Drying anise")])
def test_atom_holds_the_public_items_of_its_language(client: Client, items: None, place: str, prefix: str, title: str) -> None:
    response = client.get(f"{prefix}{place}atom/")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [title]
    assert feed.findtext(f"{ATOM}updated")


@pytest.mark.parametrize("address", ["/rss/", "/cam-nang/rss/", "/san-pham/hoi/rss/", "/rss/?san-pham=hoi", "/atom/", "/ton-vinh/atom/"])
def test_a_feed_without_items_is_still_a_feed(client: Client, tree: Any, address: str) -> None:
    make_topic(Product, "hoi", "Hồi")

    response = client.get(address)
    assert response.status_code == 200
    ElementTree.fromstring(response.content)


@pytest.mark.parametrize("address", ["/san-pham/khong-co/rss/", "/khong-co/rss/", "/san-pham/hoi/json/"])
def test_a_feed_of_nothing_is_404(client: Client, items: None, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/rss/", "/cam-nang/atom/", "/san-pham/hoi/rss/"])
def test_a_feed_holds_the_newest_thirty_at_a_constant_cost(client: Client, tree: Any, address: str) -> None:
    product = make_topic(Product, "hoi", "Hồi")
    many_items(GuidePage, tree.section("cam-nang"), 10, topics=[product])
    few = queries_of(client, address)
    many_items(GuidePage, tree.section("cam-nang"), 90, topics=[product], fields=lambda number: {"slug": f"them-{number}"})

    assert queries_of(client, address) == few <= 12
    assert client.get(address).content.count(b"<item>") + client.get(address).content.count(b"<entry>") == 30
