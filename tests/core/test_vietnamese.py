"""One normalisation, one folding, one slug, one order: whatever is typed, however it is encoded."""

from __future__ import annotations

import random
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.vietnamese import ALPHABET, SORT_KEY_LENGTH, TONES, fold, normalise, slugify, sort_key

few = settings(max_examples=60, deadline=None)

_VOWELS = "aăâeêioôơuưy"
LETTERS = sorted({unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in TONES} | set(ALPHABET))
vietnamese = st.text(st.sampled_from([*LETTERS, *(letter.upper() for letter in LETTERS), *"0123456789", " ", "-", ".", ","]), max_size=120)
anything = st.text(max_size=120)


def letters_of(text: str) -> str:
    """Letters and digits only."""
    return "".join(character for character in text if character.isalnum())


@few
@given(vietnamese)
def test_folding_keeps_every_letter_and_digit_of_a_vietnamese_text(text):
    folded = fold(text)

    assert len(letters_of(folded)) == len(letters_of(text))
    assert folded.isascii()


def test_no_letter_or_digit_of_any_script_is_folded_away():
    lost = []
    for code in (*range(0xD800), *range(0xE000, 0x1FFFF)):
        character = chr(code)
        if character.isalpha() or character.isdecimal():
            folded = fold(character)
            if not any(part.isalpha() if character.isalpha() else part.isdecimal() for part in folded):
                lost.append(f"U+{code:04X}")

    assert lost == []


@few
@given(anything)
def test_folding_a_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@few
@given(anything)
def test_a_decomposed_text_folds_sorts_and_slugs_as_the_composed_one(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)

    assert fold(decomposed) == fold(composed)
    assert slugify(decomposed) == slugify(composed)
    assert sort_key(decomposed) == sort_key(composed)


@few
@given(anything)
def test_stored_text_is_composed_and_can_be_written_to_any_database(text):
    stored = normalise(text + "\x00\ud800")

    assert unicodedata.is_normalized("NFC", stored)
    assert "\x00" not in stored
    assert stored.encode("utf-8").decode("utf-8") == stored


@few
@given(anything)
def test_a_slug_is_ascii_and_never_begins_or_ends_with_a_hyphen(text):
    slug = slugify(text)

    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")
    assert "--" not in slug


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đốm lá hồi", "dom la hoi"),
        ("hoà bình", "hoa binh"),
        ("hòa bình", "hoa binh"),
        ("thuý", "thuy"),
        ("thúy", "thuy"),
        ("ƯỚC  MƠ\n của\tbà con ", "uoc mo cua ba con"),
        ("Nuôi cấy mô 3 tầng", "nuoi cay mo 3 tang"),
        ("Ba Kích (Morinda officinalis)", "ba kich (morinda officinalis)"),
        ("中国", "中国"),
        ("", ""),
    ],
)
def test_folded_text_is_what_people_type_in_a_hurry(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Bệnh đốm lá hồi", "benh-dom-la-hoi"),
        ("ĐẶC SẢN: Mắc mật – Lạng Sơn", "dac-san-mac-mat-lang-son"),
        ("Đường, ước mơ & khỏe", "duong-uoc-mo-khoe"),
        ("  Gà sáu ngón!  ", "ga-sau-ngon"),
        ("18,5 tấn/ha", "18-5-tan-ha"),
        ("Khí canh® (2026)", "khi-canh-r-2026"),
        ("!!!", ""),
    ],
)
def test_an_address_is_read_aloud_as_its_title(title, slug):
    assert slugify(title) == slug


def test_a_decomposed_title_has_the_same_address():
    assert slugify(unicodedata.normalize("NFD", "Bệnh đốm lá hồi")) == "benh-dom-la-hoi"


# Each list stands in the order in which a reader looks for it.
ORDERS = {
    "letters": list("aăâbcdđeêghiklmnoôơpqrstuưvxy"),
    "tones of one letter": ["ma", "mà", "mả", "mã", "má", "mạ"],
    "tones of a letter with a shape": ["ân", "ần", "ẩn", "ẫn", "ấn", "ận"],
    "a shape weighs more than a tone": ["bạn", "bản ghi", "băn", "bân"],
    "d before đ": ["dê", "dừa", "đào", "đê"],
    "a shorter word first": ["na", "na dai", "na dai Chi Lăng", "nam"],
    "tones decide only between equal letters": ["bò", "bọ", "bó mạ", "bon"],
    "digits before letters": ["Tổ 2", "Tổ 9", "Tổ a", "Tổ đ"],
    "capitals do not matter": ["ăn", "Ân", "ba"],
    "names of places": ["Bắc Sơn", "Bằng Mạc", "Bình Gia", "Cai Kinh", "Cao Lộc", "Chi Lăng", "Đình Lập", "Đồng Đăng", "Đông Kinh", "Hữu Lũng"],
    "names of products": [
        "Cá bống",
        "Cá hồi",
        "Cá mó",
        "Cá tầm",
        "Chanh rừng",
        "Gà sáu ngón",
        "Hồi",
        "Hồng",
        "Mắc mật",
        "Na",
        "Quýt",
        "Sở",
        "Thạch đen",
        "Thông",
    ],
}


@pytest.mark.parametrize("name", ORDERS)
def test_a_list_stands_in_vietnamese_order(name):
    expected = ORDERS[name]
    shuffled = random.Random(1).sample(expected, len(expected))

    assert sorted(shuffled, key=sort_key) == expected


@few
@given(st.lists(vietnamese, min_size=2, max_size=6))
def test_keys_order_texts_by_letters_before_tones(texts):
    def letters(text: str) -> list[int]:
        bare = ("".join(part for part in unicodedata.normalize("NFD", character) if part not in TONES[1:]) for character in text.lower())
        return [ALPHABET.find(unicodedata.normalize("NFC", letter)) for letter in bare]

    for first, second in pairwise(sorted((text for text in texts if text and text.isalpha()), key=sort_key)):
        assert letters(first) <= letters(second)


@few
@given(st.one_of(anything, vietnamese, st.text(st.characters(min_codepoint=0x0F00, max_codepoint=0x0FFF), min_size=120, max_size=120)))
def test_a_sort_key_is_digits_and_fits_its_column(text):
    key = sort_key(text)

    assert key.isascii()
    assert key.isdigit()
    assert len(key) <= SORT_KEY_LENGTH


def test_the_longest_vietnamese_name_keeps_its_whole_key():
    name = "ặ" * 120

    assert len(sort_key(name)) == 362
    assert sort_key(name) > sort_key(name[:-1] + "ắ")


@pytest.mark.parametrize("text", ["a\u0327", "a\u0301\u0300", "\u0301a", "\u0306a"])
def test_a_stray_mark_is_no_letter_of_the_order(text):
    assert sort_key("a") < sort_key(f"{text}b") < sort_key("ac") < sort_key("b")


def test_folding_a_long_text_takes_no_time_that_a_reader_would_notice():
    text = "Bệnh đốm lá hồi ở Thất Khê. " * 4_000  # a book chapter
    started = time.perf_counter()
    fold(text)

    assert time.perf_counter() - started < 1
