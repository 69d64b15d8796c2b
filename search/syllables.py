"""What a Vietnamese syllable is: its parts, where its tone mark stands, and which two spellings are one.

Old and new tone placement (hoà, hòa), i and y where both are written (kĩ, kỹ) and a mark on the wrong vowel (qúy) give one spelling.
What is not a syllable (Latin names, English, codes) is left as it is written.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from core.vietnamese import TONES

# Longest first: "ngh" is not "ng" and "h".
ONSETS = ("ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", *"bcdđghklmnprstvx", "")
RIMES = frozenset(
    # A list of words reads better as a list of words.
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu yt ynh ych yn yp
    o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut ư ưa ưc ưi ưm ưn ưng ưt ưu
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    uân uâng uât uây uê uêch uên uênh uơ uôc uôi uôm uôn uông uôt ươc ươi ươm ươn ương ươp ươt ươu
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    """.split()  # noqa: SIM905
)
VOWELS = frozenset("aăâeêioôơuưy")
SHAPED = frozenset("ăâêôơư")
# After these an open i and y are one sound, written either way: kĩ thuật, kỹ thuật.
I_OR_Y = frozenset(("h", "k", "l", "m", "s", "t", "qu"))
_TONES = {mark: place for place, mark in enumerate(TONES) if mark}
# A syllable that ends in c, ch, p or t has the rising or the heavy tone.
_STOPPED_TONES = frozenset((TONES.index("\u0301"), TONES.index("\u0323")))
# gì, gìn, giếng, giết: the i of gi is the vowel's own.
_AFTER_GI = frozenset(("i", "in", "ip", "iêng", "iêt"))
_FRONT = frozenset("ieêy")
_LONGEST = 7  # "nghiêng"


@dataclass(frozen=True, slots=True)
class Syllable:
    """Onset, rime without its tone, tone (0 level, else its place in `TONES`)."""

    onset: str
    rime: str
    tone: int

    @property
    def is_real(self) -> bool:
        """Whether Vietnamese spelling allows it: "lá" yes, "cê", "lac" without a tone and "kạ" no."""
        return self.is_plausible and ((self.rime[-1] not in "cpt" and not self.rime.endswith("ch")) or self.tone in _STOPPED_TONES)

    @property
    def is_plausible(self) -> bool:
        """The same, tones aside: "lac" may be lạc."""
        if self.rime not in RIMES:
            return False
        first = self.rime[0]
        if self.onset in ("k", "gh", "ngh"):
            return first in _FRONT and not self.rime.startswith("yê")
        if self.onset in ("c", "g", "ng"):
            return first not in _FRONT
        if self.onset == "gi":
            return first != "y" and (first != "i" or self.rime in _AFTER_GI)
        if self.onset == "qu":
            return first not in "uưo"
        if self.rime.startswith("iê"):
            return bool(self.onset)
        return first != "y" or self.onset == "" or self.rime == "y"

    @property
    def text(self) -> str:
        """The one spelling, in NFC: mark on the first vowel of an open oa, oe, uy; y for an i that may be either."""
        rime = "y" if self.rime == "i" and self.onset in I_OR_Y else self.rime
        # gi + iêng is written "giêng".
        onset = "g" if self.onset == "gi" and rime.startswith("i") else self.onset
        if self.tone:
            place = _mark_place(rime)
            rime = unicodedata.normalize("NFC", f"{rime[: place + 1]}{TONES[self.tone]}{rime[place + 1 :]}")
        return onset + rime


def _mark_place(rime: str) -> int:
    """Index of the vowel that carries the tone mark."""
    vowels = [place for place, letter in enumerate(rime) if letter in VOWELS]
    shaped = [place for place in vowels if rime[place] in SHAPED]
    if shaped:
        return shaped[-1]
    if len(vowels) == 1:
        return vowels[0]
    if vowels[-1] < len(rime) - 1:
        return vowels[-1]
    return vowels[1] if len(vowels) == 3 else vowels[0]


def tone_of(word: str) -> tuple[str, int] | None:
    """The lower-case NFC word without its tone mark, and the tone; None where it has more than one."""
    tone = 0
    letters: list[str] = []
    for mark in unicodedata.normalize("NFD", word):
        if mark in _TONES:
            if tone:
                return None
            tone = _TONES[mark]
        else:
            letters.append(mark)
    return unicodedata.normalize("NFC", "".join(letters)), tone


@lru_cache(maxsize=65_536)
def parse(word: str) -> Syllable | None:
    """The parts of a lower-case word that could be a syllable, its tone aside; None for anything else."""
    if not 0 < len(word) <= _LONGEST * 2:
        return None
    parted = tone_of(word)
    if parted is None or len(parted[0]) > _LONGEST:
        return None
    bare, tone = parted
    for onset in ONSETS:
        if not bare.startswith(onset):
            continue
        rime = bare[len(onset) :]
        if onset == "gi" and (not rime or rime[0] not in VOWELS or rime[0] == "ê"):
            rime = f"i{rime}"
        syllable = Syllable(onset, rime, tone)
        if rime and syllable.is_plausible:
            return syllable
    return None


def is_real(word: str) -> bool:
    """Whether the lower-case word is a syllable that Vietnamese spelling allows, tone included."""
    syllable = parse(word)
    return syllable is not None and syllable.is_real


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(part for part in parts if not unicodedata.combining(part))


# Every syllable as it is typed without any mark, about 2,450; without oong and ooc, which Telex types for ông and ôc.
BARE = frozenset(
    _plain(syllable.text) for onset in ONSETS for rime in RIMES if (syllable := Syllable(onset, rime, 0)).is_plausible and not rime.startswith("oo")
) | frozenset(f"{onset}i" for onset in I_OR_Y)


def could_be_bare(word: str) -> bool:
    """Whether a word in plain letters is a syllable typed without its marks: "benh", "dom"."""
    return word in BARE


def spelled(word: str) -> str:
    """The one spelling of a lower-case NFC word: hoà → hòa, kĩ → kỹ, qúy → quý; anything but a syllable unchanged."""
    syllable = parse(word)
    return word if syllable is None else syllable.text
