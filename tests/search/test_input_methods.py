"""Telex and VNI are understood where the result is a real syllable, and only there."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.input_methods import read_telex, read_vni
from search.syllables import could_be_bare, is_real, parse
from tests.search.test_analysis import SYLLABLES

# Keys of an input method by letter; the mark of tone comes last, as most people type it.
TELEX_LETTERS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
VNI_LETTERS = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
TELEX_TONES, VNI_TONES = " frxsj", " 23415"


def typed(syllable: str, letters: dict[str, str], tones: str) -> str:
    parts = parse(syllable)
    assert parts
    toneless = type(parts)(parts.onset, parts.rime, 0).text
    return "".join(letters.get(letter, letter) for letter in toneless) + tones[parts.tone].strip()


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("caay", "cây"),
        ("hooif", "hồi"),
        ("hofoi", "hồi"),
        ("ddoosm", "đốm"),
        ("nguowif", "người"),
        ("nguoiwf", "người"),
        ("dduowngf", "đường"),
        ("hoaf", "hòa"),
        ("thuyr", "thủy"),
        ("beenhj", "bệnh"),
        ("muwa", "mưa"),
        ("caya", "cây"),
        ("quawng", "quăng"),
    ],
)
def test_telex_is_read(keys: str, syllable: str) -> None:
    assert read_telex(keys) == syllable


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("cay6", "cây"),
        ("ho6i2", "hồi"),
        ("d9o6m1", "đốm"),
        ("d9u7o7ng2", "đường"),
        ("duong972", "đường"),
        ("nguoi72", "người"),
        ("be6nh5", "bệnh"),
        ("la1", "lá"),
    ],
)
def test_vni_is_read(keys: str, syllable: str) -> None:
    assert read_vni(keys) == syllable


@pytest.mark.parametrize("word", ["cay", "hoi", "xin", "benh", "css", "for", "verum", "illicium", "lac", "thuringiensis", "a", "", "kubota", "đốm"])
def test_other_words_are_not_telex(word: str) -> None:
    assert read_telex(word) is None


@pytest.mark.parametrize("word", ["h5n1", "b12", "m2", "2026", "cay", "88", "kg2", "f1", "doc2", "nq36", ""])
def test_other_words_are_not_vni(word: str) -> None:
    assert read_vni(word) is None


@given(st.sampled_from(SYLLABLES))
def test_every_syllable_typed_raw_is_read_back(syllable: str) -> None:
    telex = typed(syllable, TELEX_LETTERS, TELEX_TONES)
    assert read_telex(telex) == syllable or could_be_bare(telex)
    vni = typed(syllable, VNI_LETTERS, VNI_TONES)
    assert read_vni(vni) == syllable or vni.isalpha()


@given(st.text(alphabet=string.ascii_lowercase + string.digits, min_size=1, max_size=10))
def test_only_a_real_syllable_comes_out(keys: str) -> None:
    for result in (read_telex(keys), read_vni(keys)):
        assert result is None or is_real(result)
    if could_be_bare(keys):
        assert read_telex(keys) is None
