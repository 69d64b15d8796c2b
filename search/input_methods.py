"""Vietnamese typed raw, without an input method: Telex ("caay hooif") and VNI ("cay6 ho6i2").

A word is read so only where the result is a real syllable and the word as typed is none.
"""

from __future__ import annotations

from functools import lru_cache

from .syllables import VOWELS, Syllable, could_be_bare, parse

TELEX, VNI = "telex", "vni"
# Places in core.vietnamese.TONES: level, grave, hook, tilde, acute, dot.
_TELEX_TONES = {"z": 0, "f": 1, "r": 2, "x": 3, "s": 4, "j": 5}
_VNI_TONES = {"0": 0, "2": 1, "3": 2, "4": 3, "1": 4, "5": 5}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_LONGEST_TYPED = 12


@lru_cache(maxsize=16_384)
def read_telex(word: str) -> str | None:
    """The syllable that these keys give in Telex; None where they give none or are a syllable already."""
    if not (1 < len(word) <= _LONGEST_TYPED and word.isascii() and word.isalpha()) or could_be_bare(word):
        return None
    # A doubled vowel may have letters between ("caya" is cây); where that gives nothing, only what stands together ("doeof").
    return _telex(word.lower(), is_free=True) or _telex(word.lower(), is_free=False)


def _telex(word: str, *, is_free: bool) -> str | None:
    letters: list[str] = []
    tone = 0
    used = False
    for key in word:
        has_vowel = any(letter in VOWELS for letter in letters)
        if key in _TELEX_TONES and has_vowel:
            tone, used = _TELEX_TONES[key], True
        elif key == "w" and _add_horn_or_breve(letters):
            used = True
        elif key == "w" and not has_vowel:
            letters.append("ư")
            used = True
        elif (key == "d" and "d" in letters[:1]) or (key in _CIRCUMFLEX and key in (letters if is_free else letters[-1:])):
            place = 0 if key == "d" else len(letters) - 1 - letters[::-1].index(key)
            letters[place] = "đ" if key == "d" else _CIRCUMFLEX[key]
            used = True
        else:
            letters.append(key)
    return _real(letters, tone) if used else None


@lru_cache(maxsize=16_384)
def read_vni(word: str) -> str | None:
    """The syllable that these keys give in VNI; None where they give none."""
    if not (1 < len(word) <= _LONGEST_TYPED and word.isascii() and word[0].isalpha() and not word.isalpha()):
        return None
    letters: list[str] = []
    tone = 0
    for key in word.lower():
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key in "6789":
            if not _add_vni_mark(letters, key):
                return None
        else:
            letters.append(key)
    return _real(letters, tone)


def _add_vni_mark(letters: list[str], key: str) -> bool:
    """Put the mark of a digit on the last letter that takes it; False where none does."""
    if key == "9":
        if letters[:1] != ["d"]:
            return False
        letters[0] = "đ"
        return True
    if key == "7":
        return _add_horn(letters)
    wanted = _CIRCUMFLEX if key == "6" else {"a": "ă"}
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in wanted:
            letters[place] = wanted[letters[place]]
            return True
    return False


def _add_horn_or_breve(letters: list[str]) -> bool:
    """Telex's w: a horn on u and o, a breve on a, whichever stands last."""
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] == "a":
            # "uaw" is ưa in "muaw", oă in "hoawcj".
            if place and letters[place - 1] == "u" and letters[:2] != ["q", "u"]:
                letters[place - 1] = "ư"
            else:
                letters[place] = "ă"
            return True
        if letters[place] in _HORN:
            return _add_horn(letters)
    return False


def _add_horn(letters: list[str]) -> bool:
    """A horn on the last u or o; in "uo" on the o, `_real` gives the u its own. False where there is none."""
    pair = "".join(letters).find("uo")
    if pair >= 0 and len("".join(letters)) == len(letters):
        letters[pair + 1] = "ơ"
        return True
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in _HORN:
            letters[place] = _HORN[letters[place]]
            return True
        if letters[place] == "ư" and place + 1 < len(letters) and letters[place + 1] == "o":
            letters[place + 1] = "ơ"
            return True
    return False


def _real(letters: list[str], tone: int) -> str | None:
    typed = "".join(letters)
    if "uơ" in typed[:-1] and not typed.startswith("qu"):
        # "uow" with more to come is ươ: "nguowif", "dduowngf".
        typed = typed.replace("uơ", "ươ") if not typed.endswith("uơ") else typed
    syllable = parse(typed)
    if syllable is None or syllable.tone:
        return None
    toned = Syllable(syllable.onset, syllable.rime, tone)
    return toned.text if toned.is_real else None
