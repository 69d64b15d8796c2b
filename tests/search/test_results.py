"""The results page: what is found and in which order, how the query was understood, facets with counts, ways on where nothing is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, PageViewRestriction

from home.models import PlainPage
from knowledge_base.models import GuidePage, QuestionPage, Term
from news.models import ArticlePage
from search import queue
from search.engine import Engine
from search.models import NeverSuggest, SynonymGroup
from tests.factories import make_topic, many_items, tag
from tests.pages import MOST_QUERIES, links_of, part_of, queries_of, titles_of, words_of
from topics.models import Contact, FormerPlace, FormerPlacePart, Locality, Product
from topics.models.places import FormerKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaf_spot(publish: Callable[..., Any], indexed: Callable[[], None]) -> GuidePage:
    """A guide of anise in Hội Hoan, which took in a commune called Gia Miễn; beside it a guide of something else."""
    page = publish(GuidePage, "cam-nang", title="Bệnh đốm lá hồi", slug="benh-dom-la-hoi", summary="Cắt cành bệnh rồi phun chế phẩm.", is_sample=True)
    place = make_topic(Locality, "hoi-hoan", "Hội Hoan")
    former = FormerPlace.objects.create(code="06139", name="Gia Miễn", kind=FormerKind.COMMUNE)
    FormerPlacePart.objects.create(former=former, locality=place)
    tag(page, make_topic(Product, "hoi", "Hồi", scientific_name="Illicium verum"), place)
    publish(GuidePage, "cam-nang", title="Nuôi trâu mùa rét", slug="nuoi-trau", summary="Che chuồng, cho ăn đủ.")
    indexed()
    return page


def search_page(client: Client, query: str, **params: Any) -> Any:
    return client.get("/tim-kiem/", {"q": query} | params)


@pytest.mark.parametrize(
    "query",
    [
        "bệnh đốm lá hồi",
        "benh dom la hoi",
        "BENH  DOM",
        "ĐỐM LÁ",
        "be\u0302\u0323nh đốm",
        "bệnh đốm lả hồi",
        "illicium verum",
        "Illicium",
        "gia mien",
        "Gia Miễn bệnh",
        "hội hoan",
        "chế phẩm",
        "beenhj ddoosm",
        "be6nh5 d9o6m1",
        "benh dmo la",
        "bệnh đốmm lá",
        "làm sao trị bệnh đốm lá hồi",
        '"đốm lá"',
    ],
)
def test_an_item_is_found_by_what_people_type(client: Client, leaf_spot: GuidePage, query: str) -> None:
    response = search_page(client, query)

    assert titles_of(response)[:1] == ["Bệnh đốm lá hồi"]
    assert "Máy tìm đang nghỉ" not in words_of(response, "main")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("benh dom la", "Hiển thị kết quả cho bệnh đốm lá . Tìm đúng “benh dom la”"),
        ("beenhj ddoosm", "Hiển thị kết quả cho bệnh đốm . Tìm đúng “beenhj ddoosm”"),
        ("bệnh đốm", "Hiển thị kết quả cho bệnh đốm ."),
    ],
)
def test_the_page_says_how_the_query_was_understood(client: Client, leaf_spot: GuidePage, query: str, shown: str) -> None:
    assert shown in words_of(search_page(client, query), "main")


def test_what_stands_in_quotes_is_looked_for_exactly(client: Client, leaf_spot: GuidePage) -> None:
    response = search_page(client, "benh dom la")
    exact = next(link for link in links_of(part_of(response, "<main", "main")) if "%22" in link)

    assert titles_of(client.get(f"/tim-kiem/{exact}")) == []
    assert titles_of(search_page(client, '"bệnh đốm lá"')) == ["Bệnh đốm lá hồi"]
    assert titles_of(search_page(client, '"lá đốm bệnh"')) == []


def test_a_mistyped_word_is_asked_back(client: Client, leaf_spot: GuidePage) -> None:
    response = search_page(client, "benh dmo la hoi")

    assert "Có phải bà con tìm bệnh đốm lá hồi ?" in words_of(response, "main")
    NeverSuggest.objects.create(words="đốm lá")
    from search import never_suggest

    never_suggest.forget()
    assert "Có phải" not in words_of(search_page(client, "benh dmo la hoi"), "main")


def test_the_exact_phrase_stands_before_accents_pairs_and_single_words(client: Client, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    for number, title in enumerate(["Lá của cây hồi có đốm", "Đóm là hơi", "Lá hồi đốm", "Đốm lá hồi", "Đơm la hối"]):
        publish(GuidePage, "cam-nang", title=title, slug=f"m{number}")
    indexed()

    titles = titles_of(search_page(client, "đốm lá hồi"))
    assert titles[0] == "Đốm lá hồi"
    assert titles.index("Lá hồi đốm") < titles.index("Đóm là hơi")
    assert titles_of(search_page(client, "dom la hoi"))[0] in {"Đốm lá hồi", "Đóm là hơi", "Đơm la hối"}


def test_title_counts_more_than_summary_and_body(client: Client, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    publish(GuidePage, "cam-nang", title="Ba", slug="a", body=[("text", "<p>Nói về đốm lá.</p>")])
    publish(GuidePage, "cam-nang", title="Hai", slug="b", summary="Nói về đốm lá.")
    publish(GuidePage, "cam-nang", title="Đốm lá", slug="c")
    indexed()

    assert titles_of(search_page(client, "đốm lá")) == ["Đốm lá", "Hai", "Ba"]


def test_fresh_news_rises_and_guides_do_not_age(client: Client, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    now = timezone.now()
    for days, slug in ((900, "a"), (1, "b"), (100, "c")):
        publish(ArticlePage, "tin-tuc", title="Tin đốm lá", slug=slug, summary=slug, first_published_at=now - dt.timedelta(days=days))
        publish(GuidePage, "cam-nang", title="Cẩm nang đốm lá", slug=slug, summary=slug, first_published_at=now - dt.timedelta(days=days))
    indexed()

    response = search_page(client, "tin đốm lá", loai="tin-tuc")
    assert re.findall(r"<p>([abc])</p>", response.content.decode()) == ["b", "c", "a"]
    from search.site_search import Asked, search

    scores = {round(hit.score, 4) for hit in search(Asked("đốm lá", choices={"loai": ["cam-nang"]})).hits}
    assert len(scores) == 1


def test_other_words_of_the_region_find_the_page(client: Client, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    publish(GuidePage, "cam-nang", title="Nuôi lợn bản địa", slug="nuoi-lon")
    indexed()
    assert titles_of(search_page(client, "heo")) == []

    SynonymGroup.objects.create(words="lợn\nheo")
    from search import synonyms

    synonyms.forget()
    assert titles_of(search_page(client, "heo")) == titles_of(search_page(client, "nuôi heo")) == ["Nuôi lợn bản địa"]
    assert "<mark>lợn</mark>" in search_page(client, "heo").content.decode()


def test_terms_other_names_are_other_words(client: Client, tree: Any, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    term = Term(locale=tree.home().locale, slug="vang-la", name="Vàng lá gân xanh", definition="<p>Bệnh.</p>")
    term.other_names = [term._meta.get_field("other_names").related_model(name="greening")]
    term.save()
    publish(GuidePage, "cam-nang", title="Trị vàng lá gân xanh", slug="a")
    indexed()

    assert titles_of(search_page(client, "greening")) == ["Trị vàng lá gân xanh"]


def test_a_result_says_what_it_is_why_where_and_when(client: Client, leaf_spot: GuidePage) -> None:
    response = search_page(client, "benh dom")
    card = part_of(response, '<article class="item-card', "article")

    assert "<mark>Bệnh đốm</mark> lá hồi" in card
    assert "Cắt cành <mark>bệnh</mark> rồi phun" in card
    for part in ("Cẩm nang", "Hội Hoan", f"{timezone.localdate():%d/%m/%Y}", "Nội dung minh họa"):
        assert part in words_of(response, "article")


def test_a_snippet_shows_the_part_of_the_body_where_the_words_stand(client: Client, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    body = [("text", "<p>" + "Chuyện khác. " * 60 + "Phun chế phẩm lúc chiều mát." + " Chuyện nữa." * 60 + "</p>")]
    publish(GuidePage, "cam-nang", title="Chăm vườn", slug="a", summary="Tóm tắt.", body=body)
    indexed()

    assert "Phun <mark>chế phẩm</mark> lúc chiều mát" in search_page(client, "che pham").content.decode()


# Facets


def counts_of(response: Any, facet: str) -> dict[str, int]:
    found = re.findall(rf'name="{facet}" value="([^"]+)"[^>]*>[^<]*<span class="facet__count">(\d+)<', response.content.decode())
    return {value: int(count) for value, count in found}


@pytest.fixture
def tagged(publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    """Four items on leaf spots: of anise and of two sugar apples, in two places and in all, in two years."""
    group = make_topic(Product, "cay-chu-luc", "Cây chủ lực")
    anise, apple = (make_topic(Product, slug, name, parent=group) for slug, name in (("hoi", "Hồi"), ("na", "Na")))
    one, other = (make_topic(Locality, slug, name) for slug, name in (("van-quan", "Văn Quan"), ("chi-lang", "Chi Lăng")))
    year = timezone.now() - dt.timedelta(days=400)
    tag(publish(GuidePage, "cam-nang", title="Đốm lá 1", slug="a"), anise, one)
    tag(publish(GuidePage, "cam-nang", title="Đốm lá 2", slug="b", body=[("table", {"rows": []})]), apple, other)
    tag(publish(ArticlePage, "tin-tuc", title="Đốm lá 3", slug="c", first_published_at=year), apple)
    publish(QuestionPage, "hoi-dap", title="Chuyện khác", slug="d", question="Nuôi trâu thế nào?")
    indexed()


def test_facets_count_every_value(client: Client, tagged: None) -> None:
    response = search_page(client, "đốm lá")

    assert counts_of(response, "loai") == {"cam-nang": 2, "tin-tuc": 1}
    assert counts_of(response, "san-pham") == {"cay-chu-luc": 3, "na": 2, "hoi": 1}
    assert counts_of(response, "dia-ban") == {"van-quan": 2, "chi-lang": 2}
    assert sum(counts_of(response, "nam").values()) == 3
    assert counts_of(response, "dinh-dang") == {"so-lieu": 1}


def test_choices_are_or_within_and_between_and_a_parent_takes_its_children(client: Client, tagged: None) -> None:
    assert sorted(titles_of(search_page(client, "đốm lá", **{"san-pham": ["hoi", "na"], "loai": "cam-nang"}))) == ["Đốm lá 1", "Đốm lá 2"]
    assert titles_of(search_page(client, "đốm lá", **{"san-pham": "cay-chu-luc", "loai": "tin-tuc"})) == ["Đốm lá 3"]
    assert sorted(titles_of(search_page(client, "đốm lá", **{"dia-ban": "van-quan"}))) == ["Đốm lá 1", "Đốm lá 3"]
    assert titles_of(search_page(client, "đốm lá", **{"dinh-dang": "so-lieu"})) == ["Đốm lá 2"]
    assert titles_of(search_page(client, "đốm lá", nam=str(timezone.now().year - 1 if timezone.now().timetuple().tm_yday < 36 else timezone.now().year)))


def test_a_choice_does_not_narrow_its_own_facet(client: Client, tagged: None) -> None:
    response = search_page(client, "đốm lá", **{"san-pham": "hoi"})

    assert counts_of(response, "san-pham") == {"cay-chu-luc": 3, "na": 2, "hoi": 1}
    assert counts_of(response, "loai") == {"cam-nang": 1}


def test_chips_take_choices_back_and_unknown_values_offer_a_way_on(client: Client, tagged: None) -> None:
    response = search_page(client, "đốm lá", **{"san-pham": "hoi", "loai": "khong-co"})

    assert titles_of(response) == []
    assert "Không có giá trị lọc: khong-co" in words_of(response, "main")
    assert any("san-pham=hoi" in link and "loai" not in link for link in links_of(part_of(response, '<div class="empty-state"', "div")))


def test_results_are_sorted_as_asked(client: Client, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    now = timezone.now()
    for days, title in ((3, "Đốm lá á"), (1, "Đốm lá z"), (2, "Đốm lá ă")):
        publish(GuidePage, "cam-nang", title=title, slug=f"m{days}", first_published_at=now - dt.timedelta(days=days))
    indexed()

    assert titles_of(search_page(client, "đốm lá", **{"sap-xep": "moi-nhat"})) == ["Đốm lá z", "Đốm lá ă", "Đốm lá á"]
    assert titles_of(search_page(client, "đốm lá", **{"sap-xep": "cu-nhat"})) == ["Đốm lá á", "Đốm lá ă", "Đốm lá z"]
    assert titles_of(search_page(client, "đốm lá", **{"sap-xep": "ten"})) == ["Đốm lá á", "Đốm lá ă", "Đốm lá z"]


# Around the results


def test_a_short_query_shows_the_best_of_each_kind(client: Client, tree: Any, engine: Engine) -> None:
    many_items(GuidePage, tree.section("cam-nang"), 8, fields=lambda number: {"title": f"Hồi {number}"})
    many_items(ArticlePage, tree.section("tin-tuc"), 5, fields=lambda number: {"title": f"Tin hồi {number}"})
    queue.rebuild(engine, [Page])

    response = search_page(client, "hồi")
    assert "Xem cả 8 mục" in words_of(response, "main")
    assert len(titles_of(response)) == 6
    flat = next(link for link in links_of(part_of(response, "<main", "main")) if "sap-xep=phu-hop" in link)
    assert len(titles_of(client.get(f"/tim-kiem/{flat}"))) == 13
    assert len(titles_of(search_page(client, "hồi ở trên đồi"))) == 13


def test_names_terms_and_plain_pages_stand_beside_the_results(client: Client, tree: Any, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    make_topic(Product, "dom-la-gia", "Đốm lá")
    Term.objects.create(locale=tree.home().locale, slug="dom-la", name="Bệnh đốm lá", definition="<p>Vết chết trên lá.</p>")
    tree.home().add_child(instance=PlainPage(title="Cách tra đốm lá", slug="cach-tra"))
    publish(GuidePage, "cam-nang", title="Đốm lá hồi", slug="a")
    indexed()

    page = search_page(client, "dom la")
    assert "/san-pham/dom-la-gia/" in links_of(part_of(page, '<header class="page-head', "header"))
    assert {"/thuat-ngu/dom-la/", "/cach-tra/"} <= set(links_of(part_of(page, '<aside class="page__more', "aside")))


def test_best_bets_stand_on_top_whatever_the_accents(client: Client, leaf_spot: GuidePage) -> None:
    promoted = GuidePage.objects.get(slug="nuoi-trau")
    SearchPromotion.objects.create(query=Query.get("Bệnh đốm lá"), page=promoted)

    response = search_page(client, "benh dom la")
    assert titles_of(response) == ["Nuôi trâu mùa rét", "Bệnh đốm lá hồi"]
    assert "Nên xem trước" in words_of(response, "main")


def test_where_nothing_is_found_there_are_near_names_guides_and_whom_to_call(client: Client, leaf_spot: GuidePage) -> None:
    Contact.objects.create(slug="so", name="Phòng Trồng trọt", phone="0000 000 000")
    make_topic(Product, "mac-mat", "Mắc mật")

    response = search_page(client, "mắc mậtt xyzzyq")
    words = words_of(response, "main")
    assert titles_of(response) == []
    assert "Chưa có bài nào có đủ các chữ “mắc mậtt xyzzyq”" in words
    assert "Phòng Trồng trọt" in words
    assert "/san-pham/mac-mat/" in links_of(part_of(response, '<div class="empty-state"', "div"))
    assert "/cam-nang/benh-dom-la-hoi/" in links_of(part_of(response, "<main", "main"))


def test_withdrawn_drafts_closed_branches_and_other_languages_are_not_found(
    client: Client, tree: Any, publish: Callable[..., Any], indexed: Callable[[], None]
) -> None:
    publish(GuidePage, "cam-nang", title="Đốm lá đã gỡ", slug="a", withdrawn_on=timezone.localdate(), withdrawn_reason="Sai.")
    publish(GuidePage, "cam-nang", title="Đốm lá bản nháp", slug="b", live=False)
    publish(GuidePage, "cam-nang", "en", title="Dom la in English", slug="c")
    publish(ArticlePage, "tin-tuc", title="Đốm lá có mật khẩu", slug="d")
    PageViewRestriction.objects.create(page=tree.section("tin-tuc"), restriction_type="login")
    indexed()

    response = search_page(client, "dom la")
    assert titles_of(response) == []
    assert "Tìm thấy 0 mục" in words_of(response, "main")
    assert titles_of(client.get("/en/tim-kiem/?q=dom+la")) == ["Dom la in English"]


def test_english_words_are_found_by_their_stems(client: Client, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    publish(GuidePage, "cam-nang", "en", title="Drying star anise", slug="a", summary="Farmers dry the fruits.")
    indexed()

    for query in ("dry", "dried fruit", "farmer", "stars"):
        assert titles_of(client.get("/en/tim-kiem/", {"q": query})) == ["Drying star anise"], query


def test_an_empty_query_invites_and_shows_what_is_new(client: Client, leaf_spot: GuidePage) -> None:
    response = client.get("/tim-kiem/")

    assert "Bà con cần tìm gì?" in words_of(response, "main")
    assert titles_of(response)[0] in {"Bệnh đốm lá hồi", "Nuôi trâu mùa rét"}
    assert 'content="noindex"' in response.content.decode()


def test_results_cost_the_same_for_ten_and_for_a_thousand_items(client: Client, tree: Any, engine: Engine) -> None:
    topics = [make_topic(Product, "hoi", "Hồi"), make_topic(Locality, "van-quan", "Văn Quan")]
    many_items(GuidePage, tree.section("cam-nang"), 10, topics=topics)
    queue.rebuild(engine, [Page])
    few = queries_of(client, "/tim-kiem/?q=muc+so&san-pham=hoi&dia-ban=van-quan")
    many_items(GuidePage, tree.section("cam-nang"), 990, topics=topics, fields=lambda number: {"slug": f"them-{number}"})
    queue.rebuild(engine, [Page])

    assert queries_of(client, "/tim-kiem/?q=muc+so&san-pham=hoi&dia-ban=van-quan") == few <= MOST_QUERIES
