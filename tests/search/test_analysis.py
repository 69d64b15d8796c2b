"""One analysis for both engines: what is one word stays one word, and nothing of a text is lost."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vietnamese import TONES
from search.analysis import LONGEST_KEY, Token, keys_of, pairs_of, streams, tokens
from search.syllables import BARE, ONSETS, RIMES, VOWELS, Syllable, is_real, parse, spelled

SYLLABLES = sorted(
    {
        syllable.text
        for onset in ONSETS
        for rime in RIMES
        if not rime.startswith("oo")  # loan sounds (moóc), whose keys are those of ô
        for tone in range(len(TONES))
        if (syllable := Syllable(onset, rime, tone)).is_real and parse(syllable.text) is not None
    }
)
syllable_texts = st.sampled_from(SYLLABLES)
vietnamese_texts = st.lists(syllable_texts, min_size=1, max_size=12).map(" ".join)
TRICKY = "aăâbcdđeêoôơuưyhk \u0300\u0301\u0309\u0302\u031b.,/-19²\u200b\u00ad"
any_texts = st.one_of(st.text(max_size=200), vietnamese_texts, st.text(alphabet=TRICKY, max_size=80))


def accented(text: str, language: str = "vi") -> list[str]:
    return [token.accented for token in tokens(text, language)]


def folded(text: str, language: str = "vi") -> list[str]:
    return [token.folded for token in tokens(text, language)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà hoá khoẻ thuý loè", "hòa hóa khỏe thúy lòe"),
        ("quý quả già giữa", "qúy qủa gìa gĩưa".replace("gĩưa", "giữa")),
        ("kĩ lí mĩ tỉ hi sĩ quí", "kỹ lý mỹ tỷ hy sỹ quý"),
        ("BỆNH ĐỐM LÁ", "bệnh đốm lá"),
        (unicodedata.normalize("NFD", "Bệnh đốm lá hồi ở Hữu Lũng"), "bệnh đốm lá hồi ở hữu lũng"),
        ("m² và kg", "m2 và KG"),
        ("hóa\u00ad chất", "hóa chất"),
        ("thu\u200bận", "thuận"),
    ],
)
def test_two_spellings_are_one_word(one: str, other: str) -> None:
    assert accented(one) == accented(other)
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("lá", "là"), ("hồi", "hoi"), ("tay", "tai"), ("thúy", "thúi"), ("bí", "bý"), ("vi", "vy"), ("đa", "da"), ("mía", "mýa")],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert accented(one) != accented(other)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Bệnh đốm lá hồi", "benh dom la hoi"),
        ("kĩ thuật, lí do", "ky thuat ly do"),
        ("Illicium verum Hook.f.", "illicium verum hook f"),
        ("18.5 tấn/ha và 18,5 tấn/ha", "18,5 tan ha va 18,5 tan ha"),
        ("1.234,5 kg = 1234,5kg", "1234,5 kg 1234,5 kg"),
        ("2.000.000 đồng", "2000000 dong"),
        ("24/11/2026, 24.11.2026", "24 11 2026 24 11 2026"),
        ("500ml 10ha 30%", "500 ml 10 ha 30"),
        ("h5n1 B12 m2", "h5n1 b12 m2"),
        ("88-CTr/TU, NQ36", "88 ctr tu nq36"),
        ("https://langson.gov.vn/benh-dom-la?q=1", "https langson gov vn benh dom la q 1"),
        ("so@langson.gov.vn", "so langson gov vn"),
        ("Ĥéllø Straße", "hello strasse"),
        ("广西 Quảng Tây", "广 西 quang tay"),
        ("Poseidon-1234ABC", "poseidon 1234abc"),
        ("a_b", "a b"),
        ("\ud800 \x00 ​", ""),
    ],
)
def test_a_text_has_these_folded_words(text: str, keys: str) -> None:
    assert " ".join(folded(text)) == keys


def test_english_words_are_found_by_their_stems() -> None:
    assert folded("Farmers growing trees, 1,234.5 kg", "en") == ["farmer", "grow", "tree", "1234,5", "kg"]
    assert accented("Farmers growing", "en") == ["farmers", "growing"]


def test_pairs_follow_the_order_of_words() -> None:
    assert streams("Bệnh đốm lá").pairs == "benh_dom dom_la"
    assert pairs_of(["mot"]) == []


@given(any_texts)
def test_offsets_cut_each_token_out_of_the_original(text: str) -> None:
    found = tokens(text)
    for token in found:
        assert text[token.start : token.end] == token.text
        assert keys_of(token.text) == (token.accented, token.folded)
    assert [token.start for token in found] == sorted(token.start for token in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))


@given(any_texts)
def test_no_letter_and_no_digit_is_outside_a_token(text: str) -> None:
    inside = {place for token in tokens(text) for place in range(token.start, token.end)}
    lost = [character for place, character in enumerate(text) if character.isalnum() and place not in inside]
    assert lost == []


@given(any_texts)
def test_folding_a_word_loses_no_letter(text: str) -> None:
    for token in tokens(text):
        letters = [character for character in unicodedata.normalize("NFC", token.text) if character.isalnum()]
        assert len(token.folded) >= min(len(letters), LONGEST_KEY) or "." in token.text, token


@given(any_texts)
def test_keys_are_words_of_their_own_that_change_no_more(text: str) -> None:
    for token in tokens(text):
        for key in (token.accented, token.folded):
            assert key
            assert not any(character.isspace() for character in key)
        assert keys_of(token.folded)[1] == token.folded
        assert keys_of(token.accented)[0] == token.accented


@given(any_texts)
def test_streams_are_the_tokens(text: str) -> None:
    found = tokens(text)
    assert streams(text).accented.split(" ") == ([token.accented for token in found] or [""])
    assert streams(text).folded.split(" ") == ([token.folded for token in found] or [""])


@given(vietnamese_texts)
def test_case_and_normal_form_do_not_matter(text: str) -> None:
    for other in (text.upper(), text.title(), unicodedata.normalize("NFD", text)):
        assert accented(other) == accented(text)
        assert folded(other) == folded(text)


@given(syllable_texts)
def test_every_syllable_is_real_in_one_spelling_and_bare_without_its_marks(text: str) -> None:
    assert is_real(text)
    assert spelled(text) == text
    assert keys_of(text)[1] in BARE


def toned_elsewhere(syllable: str) -> list[str]:
    """The syllable with its tone mark on each of its vowels in turn."""
    parts = parse(syllable)
    assert parts
    bare = parts.onset + parts.rime if parts.onset != "gi" or not parts.rime.startswith("i") else f"g{parts.rime}"
    first = len(bare) - len(parts.rime)
    vowels = [place for place in range(first, len(bare)) if bare[place] in VOWELS]
    return [unicodedata.normalize("NFC", f"{bare[: place + 1]}{TONES[parts.tone]}{bare[place + 1 :]}") for place in vowels]


@given(syllable_texts.filter(lambda text: bool(parse(text) and parse(text).tone)))
def test_a_tone_mark_on_any_vowel_is_the_same_word(text: str) -> None:
    for other in toned_elsewhere(text):
        assert accented(other) == [text]
        assert folded(other) == folded(text)


@given(st.sampled_from(["h", "k", "l", "m", "s", "t", "qu"]), st.sampled_from(TONES))
def test_i_and_y_are_one_where_both_are_written(onset: str, tone: str) -> None:
    assert accented(f"{onset}i{tone}") == accented(f"{onset}y{tone}")
    assert folded(f"{onset}i{tone}") == folded(f"{onset}y{tone}")


def test_a_token_says_what_it_was() -> None:
    assert tokens("  Kĩ thuật")[0] == Token(2, 4, "Kĩ", "kỹ", "ky")


def test_a_word_without_end_is_cut() -> None:
    assert len(tokens("a" * 10_000)[0].accented) == LONGEST_KEY
