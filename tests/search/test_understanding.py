"""A query is read as it was meant: raw keys, quotes, accents that its results have, other words, mistyped ones."""

from __future__ import annotations

import string

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from search.marking import marked, snippet
from search.ranking import word_weights
from search.spelling import corrected, neighbours
from search.synonyms import Thesaurus
from search.understanding import MOST_WORDS, restored_accents, understand
from search.weights import weights


def known(*words: str):
    return lambda sought: {word: 1 for word in sought if word in words}


@pytest.mark.parametrize(
    ("typed", "text", "reasons"),
    [
        ("caay hooif", "cây hồi", ("telex",)),
        ("cay6 ho6i2", "cây hồi", ("vni",)),
        ("beenhj ddoosm las hooif", "bệnh đốm lá hồi", ("telex",)),
        ("cay hoi", "cay hoi", ()),
        ("cây hooif", "cây hooif", ()),
        ("css html", "css html", ()),
        ("covid h5n1", "covid h5n1", ()),
        ("", "", ()),
    ],
)
def test_raw_keys_are_read_where_nobody_typed_accents(typed: str, text: str, reasons: tuple[str, ...]) -> None:
    query = understand(typed)

    assert (query.text, query.reasons) == (text, reasons)


def test_a_word_that_the_index_knows_stays_as_it_was_typed() -> None:
    assert understand("max", frequencies=known("max", "ma")).text == "max"
    assert understand("was", frequencies=known("was")).text == "was"
    assert understand("hoas", frequencies=known("hoa")).text == "hóa"


def test_quotes_ask_for_phrases() -> None:
    assert understand('"đốm lá"').is_exact
    assert understand("“đốm lá” hồi").phrases == (("đốm", "lá"),)
    assert not understand("“đốm lá” hồi").is_exact
    assert understand('đốm " lá').phrases == ()


def test_accents_come_from_what_was_found() -> None:
    words = understand("benh dom la hoi").words

    assert restored_accents(words, ["Bệnh đốm lá hồi", "Là hội"]) == ["bệnh", "đốm", "lá", "hồi"]
    assert restored_accents(words, ["Bệnh đốm"]) is None
    assert understand("benh dom").with_accents(["bệnh", "đốm"]).text == "bệnh đốm"


@pytest.mark.parametrize(
    ("typed", "halved"),
    [
        ("bệnh đốm lá là gì", ["là", "gì"]),
        ("ủ phân như thế nào", ["như", "thế", "nào"]),
        ("benh dom la la gi", ["la", "gi"]),
        ("benh dom la hoi", []),
        ("là gì", []),
    ],
)
def test_words_of_questions_count_half_unless_there_is_nothing_else(typed: str, halved: list[str]) -> None:
    query = understand(typed)

    assert [word.text for word, share in zip(query.words, word_weights(query, weights()), strict=True) if share < 1] == halved


def test_the_longest_member_of_a_group_stands_for_its_words() -> None:
    thesaurus = Thesaurus()
    thesaurus.add(["lợn", "heo"])
    thesaurus.add(["lợn nái", "heo nái", "lợn mẹ"])
    spans = thesaurus.spans(understand("nuôi heo nái"))

    assert [(span.start, span.end, span.others) for span in spans] == [(1, 3, (("lợn", "nái"), ("lợn", "mẹ")))]
    assert thesaurus.spans(understand("nuoi lon"))[0].others == (("heo",),)
    assert thesaurus.spans(understand("nuôi lớn")) == []


def test_a_wider_name_adds_nothing_to_the_narrower() -> None:
    thesaurus = Thesaurus()
    thesaurus.add(["hồi", "cây hồi", "đại hồi", "bát giác"])

    assert thesaurus.spans(understand("hồi"))[0].others == (("bát", "giác"),)


def test_an_unknown_word_becomes_the_one_that_fits_beside_its_neighbours() -> None:
    words, pairs = known("benh", "dom", "do", "la"), known("benh_dom", "dom_la", "benh_do")

    query = corrected(understand("benh dmo la"), words, pairs)
    assert query.alternatives[1][0] == "dom"
    assert corrected(understand("benh dom la"), words, pairs).alternatives == {}


@given(st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=8))
def test_neighbours_are_other_words(word: str) -> None:
    assert word not in neighbours(word)
    assert "" not in neighbours(word)


@given(st.one_of(st.text(max_size=300), st.text(alphabet='"“”ạbđ aws12 ', max_size=80)))
def test_any_text_is_a_query(text: str) -> None:
    query = understand(text)

    assert len(query.words) <= MOST_WORDS
    assert query.with_accents([word.accented for word in query.words]).typed == query.typed
    marked(text, text)
    snippet(text, text)


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Bệnh đốm lá hồi", "dom la", "Bệnh <mark>đốm lá</mark> hồi"),
        ("Lá là gì", "lá", "<mark>Lá</mark> là gì"),
        ("Là gì", "lá", "<mark>Là</mark> gì"),
        ("Lạng Sơn", "la", "Lạng Sơn"),
        ("a <b> & c", "b", "a &lt;<mark>b</mark>&gt; &amp; c"),
        ("Cá-hồi", "ca hoi", "<mark>Cá-hồi</mark>"),
        ("Kĩ thuật hoá học", "kỹ thuật hóa", "<mark>Kĩ thuật hoá</mark> học"),
        ("Be\u0302\u0323nh", "bệnh", "<mark>Bệnh</mark>"),
        ("Không có", "", "Không có"),
        ("", "gì", ""),
    ],
)
def test_marking_keeps_the_text_and_escapes_it(text: str, query: str, shown: str) -> None:
    assert marked(text, query) == shown


def test_a_long_text_is_cut_where_most_words_stand() -> None:
    text = "Chế biến. " * 20 + "Phun chế phẩm lúc chiều mát." + " Xong rồi rửa tay." * 20
    shown = snippet(text, "che pham", length=120)

    assert "Phun <mark>chế phẩm</mark> lúc chiều mát" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(strip_tags(shown)) <= 120 + 2
