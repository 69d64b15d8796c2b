"""Terms: in Vietnamese order, each with a page of its own in its language."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from knowledge_base.models import Term, TermName
from tests.pages import MOST_QUERIES, links_of, part_of, queries_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms(tree: Any) -> dict[str, Term]:
    vietnamese, english = tree.home("vi").locale, tree.home("en").locale
    names = {"dom-la": "Đốm lá", "du-luong": "Dư lượng", "am-do": "Ẩm độ", "an-toan": "An toàn sinh học", "au-trung": "Ấu trùng"}
    made = {slug: Term.objects.create(locale=vietnamese, slug=slug, name=name, definition=f"<p>Nghĩa của {name}.</p>") for slug, name in names.items()}
    made["dom-la"].scientific_name = "macula foliorum"
    made["dom-la"].save()
    TermName.objects.create(term=made["dom-la"], name="Cháy lá")
    Term.objects.create(locale=english, slug="leaf-spot", name="Leaf spot", definition="<p>Dead spots.</p>", translation_key=made["dom-la"].translation_key)
    return made


def test_the_index_stands_in_vietnamese_order_under_letters_without_tones(client: Client, terms: dict[str, Term]) -> None:
    html = part_of(client.get("/thuat-ngu/"), '<section class="letter"', "main")

    assert links_of(html) == [f"/thuat-ngu/{slug}/" for slug in ("an-toan", "am-do", "au-trung", "du-luong", "dom-la")]
    letters = links_of(part_of(client.get("/thuat-ngu/"), '<ul class="chips letters"', "ul").replace('href="#', 'href="x'))
    assert len(letters) == 4


def test_a_term_says_what_it_means_and_how_else_it_is_called(client: Client, terms: dict[str, Term]) -> None:
    response = client.get("/thuat-ngu/dom-la/")

    shown = words_of(response, "main")
    for part in ("Đốm lá", "macula foliorum", "Nghĩa của Đốm lá.", "Cháy lá"):
        assert part in shown
    html = response.content.decode()
    assert "<title>Đốm lá" in html
    assert 'rel="canonical" href="http://localhost:8000/thuat-ngu/dom-la/"' in html
    assert 'hreflang="en" href="http://localhost:8000/en/thuat-ngu/leaf-spot/"' in html


def test_a_term_is_found_in_its_own_language_only(client: Client, terms: dict[str, Term]) -> None:
    assert "Dead spots." in words_of(client.get("/en/thuat-ngu/leaf-spot/"))
    assert client.get("/thuat-ngu/leaf-spot/").status_code == 404
    assert client.get("/thuat-ngu/khong-co/").status_code == 404


def test_a_language_without_terms_offers_ways_on(client: Client, tree: Any) -> None:
    response = client.get("/en/thuat-ngu/")

    assert response.status_code == 200
    assert part_of(response, '<div class="empty-state"', "div")


def test_a_sample_term_says_so(client: Client, terms: dict[str, Term]) -> None:
    Term.objects.filter(slug="dom-la").update(is_sample=True)

    assert "Nội dung minh họa" in words_of(client.get("/thuat-ngu/dom-la/"))


def test_terms_cost_the_same_for_few_and_for_many(client: Client, terms: dict[str, Term]) -> None:
    few = [queries_of(client, address) for address in ("/thuat-ngu/", "/thuat-ngu/dom-la/")]
    locale = terms["dom-la"].locale
    Term.objects.bulk_create([Term(locale=locale, slug=f"t{n}", name=f"Từ {n}", definition="", sort_key=f"{n:04}") for n in range(1000)])

    assert [queries_of(client, address) for address in ("/thuat-ngu/", "/thuat-ngu/dom-la/")] == few
    assert max(few) <= MOST_QUERIES
