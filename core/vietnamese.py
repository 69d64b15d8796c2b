"""Vietnamese text: one normalisation, one folding, one slug, one order. Nobody else strips accents."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

# Letters in dictionary order; a mark of tone does not make a letter, a breve, hook or circumflex does.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tones in the order of Vietnamese dictionaries: level, grave, hook above, tilde, acute, dot below.
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
# Longest key, as its columns are: 120 Vietnamese letters need 362.
SORT_KEY_LENGTH = 400
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: part of the letter
_SPACES = re.compile(r"\s+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def normalise(text: str) -> str:
    """The text in NFC without NUL and without lone surrogates, as it is stored."""
    clean = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", clean)


def fold(text: str) -> str:
    """Lower case without accents, đ as d, white space single: what people type in a hurry. No letter is lost."""
    decomposed = unicodedata.normalize("NFD", normalise(text).lower())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", bare.replace("đ", "d"))).strip()


def slugify(text: str) -> str:
    """An address in ASCII: "Bệnh đốm lá hồi" → "benh-dom-la-hoi"; empty if the text has no letter or digit."""
    return _NOT_SLUG.sub("-", anyascii(fold(text)).lower()).strip("-")


def initial(text: str) -> str:
    """The letter under which a dictionary lists the text, without its tone: "Ấu trùng" → "Â"; empty for an empty text."""
    parts = unicodedata.normalize("NFD", normalise(text).strip()[:1])
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES[1:])).upper()


def sort_key(text: str) -> str:
    """Digits that sort as a Vietnamese dictionary does (a ă â b … d đ …), in any database collation.

    Letters decide first, tones only between equal letters; digits stand before letters, a space before both.
    """
    letters: list[str] = []
    tones: list[str] = []
    for character in normalise(text).lower():
        parts = unicodedata.normalize("NFD", character)
        tone = next((mark for mark in parts if mark in TONES[1:]), "")
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part != tone and (part in _SHAPES or not unicodedata.combining(part))))
        if not letter or letter in _SHAPES:
            # A mark that composes with nothing is no letter: it takes no place in the order.
            continue
        tones.append(str(TONES.index(tone) + 1))
        if letter in ALPHABET:
            letters.append(f"{30 + ALPHABET.index(letter)}")
        elif letter.isdecimal():
            letters.append(f"{10 + int(letter)}")
        else:
            letters.append("01")
    return ("".join(letters) + "00" + "".join(tones))[:SORT_KEY_LENGTH]
