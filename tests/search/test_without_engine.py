"""Without an index the results page says so, finds by titles, summaries and names in the database, and never fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from home.models import PlainPage
from knowledge_base.models import GuidePage, QuestionPage, Term
from news.models import ArticlePage
from tests.factories import make_topic, many_items, tag
from tests.pages import MOST_QUERIES, links_of, part_of, queries_of, titles_of, words_of
from topics.models import FormerPlace, FormerPlacePart, Locality, Product
from topics.models.places import FormerKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.site_search.site_engine", lambda: None)


@pytest.fixture
def leaf_spot(publish: Callable[..., Any]) -> GuidePage:
    """A guide of anise in Hội Hoan, which took in a commune called Gia Miễn."""
    page = publish(GuidePage, "cam-nang", title="Bệnh đốm lá hồi", slug="benh-dom-la-hoi", summary="Cắt cành bệnh rồi phun chế phẩm.", is_sample=True)
    place = make_topic(Locality, "hoi-hoan", "Hội Hoan")
    former = FormerPlace.objects.create(code="06139", name="Gia Miễn", kind=FormerKind.COMMUNE)
    FormerPlacePart.objects.create(former=former, locality=place)
    tag(page, make_topic(Product, "hoi", "Hồi", scientific_name="Illicium verum"), place)
    return page


@pytest.mark.parametrize(
    "query",
    [
        "bệnh đốm lá hồi",
        "benh dom la hoi",
        "BENH  DOM",
        "ĐỐM LÁ",
        "be\u0302\u0323nh đốm",
        "illicium verum",
        "Illicium",
        "gia mien",
        "Gia Miễn bệnh",
        "hoi hoan",
        "chế phẩm",
    ],
)
def test_an_item_is_found_by_what_people_type(client: Client, leaf_spot: GuidePage, query: str) -> None:
    assert titles_of(client.get("/tim-kiem/", {"q": query})) == ["Bệnh đốm lá hồi"]


@pytest.mark.parametrize("query", ["trâu", "bệnh trâu", "đốm lá na"])
def test_every_word_must_be_there(client: Client, leaf_spot: GuidePage, query: str) -> None:
    response = client.get("/tim-kiem/", {"q": query})

    assert titles_of(response) == []
    assert "Máy tìm đang nghỉ" in words_of(response, "main")
    assert "Tìm thấy 0 mục" in words_of(response)
    assert "Chưa có bài nào có đủ các chữ" in words_of(response)
    assert "/san-pham/" in links_of(part_of(response, '<div class="empty-state"', "div"))


def test_a_result_says_what_it_is_why_where_and_when(client: Client, leaf_spot: GuidePage) -> None:
    response = client.get("/tim-kiem/", {"q": "benh dom"})
    card = part_of(response, '<article class="item-card', "article")

    assert "<mark>Bệnh đốm</mark> lá hồi" in card
    assert "Cắt cành <mark>bệnh</mark> rồi phun" in card
    for part in ("Cẩm nang", "Hội Hoan", f"{timezone.localdate():%d/%m/%Y}", "Nội dung minh họa"):
        assert part in words_of(response, "article")


def test_the_words_stay_in_the_field_and_in_the_form_of_facets(client: Client, leaf_spot: GuidePage) -> None:
    html = client.get("/tim-kiem/", {"q": "đốm <lá>"}).content.decode()
    assert 'value="đốm &lt;lá&gt;"' in html

    form = part_of(client.get("/tim-kiem/", {"q": "đốm", "san-pham": "hoi"}), '<form class="facets"', "form")
    assert '<input type="hidden" name="q" value="đốm">' in form
    assert "?q=%C4%91%E1%BB%91m" in links_of(form)


def test_kinds_and_topics_narrow_the_results(client: Client, leaf_spot: GuidePage, publish: Callable[..., Any]) -> None:
    publish(ArticlePage, "tin-tuc", title="Đốm lá lan nhanh", slug="tin")

    assert set(titles_of(client.get("/tim-kiem/?q=dom+la"))) == {"Bệnh đốm lá hồi", "Đốm lá lan nhanh"}
    assert titles_of(client.get("/tim-kiem/?q=dom+la&loai=tin-tuc")) == ["Đốm lá lan nhanh"]
    assert titles_of(client.get("/tim-kiem/?q=dom+la&san-pham=hoi")) == ["Bệnh đốm lá hồi"]
    assert "Không có mục nào hợp" in words_of(client.get("/tim-kiem/?q=dom+la&loai=khong-co"))


def test_the_best_fit_stands_first_and_the_newest_where_asked(client: Client, tree: Any) -> None:
    titles = ["Đốm lá hồi", "Bệnh đốm lá hồi", "Hồi: lá có đốm"]
    many_items(GuidePage, tree.section("cam-nang"), 3, fields=lambda number: {"title": titles[number - 1], "slug": f"m{number}", "summary": ""})

    assert titles_of(client.get("/tim-kiem/?q=dom+la+hoi")) == titles
    assert titles_of(client.get("/tim-kiem/?q=dom+la+hoi&sap-xep=moi-nhat")) == titles[::-1]


def test_a_question_is_found_by_what_was_asked(client: Client, publish: Callable[..., Any]) -> None:
    publish(QuestionPage, "hoi-dap", title="Lá vàng", slug="la-vang", question="Rừng nhà tôi lá rụng nhiều thì làm gì?")

    assert titles_of(client.get("/tim-kiem/?q=la+rung+nhieu")) == ["Lá vàng"]


def test_terms_and_plain_pages_stand_beside_the_results(client: Client, tree: Any) -> None:
    Term.objects.create(locale=tree.home().locale, slug="dom-la", name="Đốm lá", definition="<p>Vết chết trên lá.</p>")
    tree.home().add_child(instance=PlainPage(title="Cách tra đốm lá", slug="cach-tra"))

    links = links_of(part_of(client.get("/tim-kiem/?q=dom+la"), "<main", "main"))
    assert "/thuat-ngu/dom-la/" in links
    assert "/cach-tra/" in links


def test_withdrawn_drafts_and_other_languages_are_not_found(client: Client, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Đốm lá đã gỡ", slug="a", withdrawn_on=timezone.localdate(), withdrawn_reason="Sai.")
    publish(GuidePage, "cam-nang", title="Đốm lá bản nháp", slug="b", live=False)
    publish(GuidePage, "cam-nang", "en", title="Dom la in English", slug="c")

    assert titles_of(client.get("/tim-kiem/?q=dom+la")) == []
    assert titles_of(client.get("/en/tim-kiem/?q=dom+la")) == ["Dom la in English"]


@pytest.mark.parametrize(
    "query", ["", "   ", "\u200b", "?!…", '"', "%", "_", "' OR 1=1 --", "a" * 10_000, "x " * 5_000, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")]
)
def test_any_query_gets_a_page(client: Client, leaf_spot: GuidePage, query: str) -> None:
    assert client.get("/tim-kiem/", {"q": query}).status_code == 200


def test_percent_and_underscore_are_letters_not_patterns(client: Client, leaf_spot: GuidePage) -> None:
    assert titles_of(client.get("/tim-kiem/", {"q": "%"})) == []
    assert titles_of(client.get("/tim-kiem/", {"q": "d_m"})) == []


def test_an_empty_query_invites_and_shows_what_is_new(client: Client, leaf_spot: GuidePage) -> None:
    response = client.get("/tim-kiem/")

    assert "Bà con cần tìm gì?" in words_of(response, "main")
    assert titles_of(response) == ["Bệnh đốm lá hồi"]
    assert 'content="noindex"' in response.content.decode()


def test_twenty_words_on_a_thousand_items_still_answer(client: Client, tree: Any) -> None:
    product = make_topic(Product, "hoi", "Hồi")
    words = " ".join(f"chu{number}" for number in range(30))
    many_items(GuidePage, tree.section("cam-nang"), 1000, topics=[product], fields=lambda number: {"title": words, "summary": words})

    response = client.get("/tim-kiem/", {"q": words})
    assert response.status_code == 200
    assert len(titles_of(response)) == 20


def test_results_cost_the_same_for_ten_and_for_a_thousand_items(client: Client, tree: Any) -> None:
    topics = [make_topic(Product, "hoi", "Hồi"), make_topic(Locality, "van-quan", "Văn Quan")]
    many_items(GuidePage, tree.section("cam-nang"), 10, topics=topics)
    few = queries_of(client, "/tim-kiem/?q=muc+so&san-pham=hoi&dia-ban=van-quan")
    many_items(GuidePage, tree.section("cam-nang"), 990, topics=topics, fields=lambda number: {"slug": f"them-{number}"})

    assert queries_of(client, "/tim-kiem/?q=muc+so&san-pham=hoi&dia-ban=van-quan") == few <= MOST_QUERIES
