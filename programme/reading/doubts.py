"""What an editor should look at: known misprints (data/doubts.yaml) and what the text itself gives away. Nothing is changed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from core.vietnamese import TONES

from .document import Clause, Doubt, DoubtKind, Heading, IssuedDocument

RULES_PATH = Path(__file__).parents[1] / "data" / "doubts.yaml"
MAX_DOUBTS_OF_A_SORT = 20

_SMALL = "a-zđ" + "".join(sorted({chr(code) for code in range(0xC0, 0x1EFA) if chr(code).islower() and "LATIN" in unicodedata.name(chr(code), "")}))
_CAPITAL = "A-ZĐ" + "".join(sorted({letter.upper() for letter in _SMALL if len(letter.upper()) == 1 and letter.upper() != letter}))
_CLASSES = {"CHỮ": r"[^\W\d_]", "THƯỜNG": f"[{_SMALL}]", "HOA": f"[{_CAPITAL}]"}

_SYLLABLE = re.compile(r"[^\W\d_]{1,20}")
_LABEL = re.compile(r"\d{1,2}(?:\.\d{1,2})?[.)–-]?\s+")
_BULLET = re.compile(r"(?:[-–—•+]|[^\W\d_]{1,2}[.)])\s")
_ENDINGS = (".", ":", ";", "!", "?", "…", ")", "”", '"')
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"), ("«", "»"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of data/doubts.yaml."""

    kind: DoubtKind
    pattern: re.Pattern[str]
    explanation: str
    example: str
    fine: str


@dataclass(frozen=True, slots=True)
class _Place:
    """One stretch of text with the address that an editor will be shown."""

    address: str
    text: str


@cache
def doubt_rules() -> tuple[Rule, ...]:
    """The rules of data/doubts.yaml, compiled, in file order."""
    entries = yaml.safe_load(RULES_PATH.read_text(encoding="utf-8"))
    return tuple(
        Rule(DoubtKind(entry["kind"]), re.compile(_expanded(entry["pattern"])), entry["explanation"], entry["example"], entry["fine"]) for entry in entries
    )


def _expanded(pattern: str) -> str:
    return re.sub("|".join(_CLASSES), lambda match: _CLASSES[match.group()], pattern)


def find_doubts(document: IssuedDocument, known: Iterable[Doubt]) -> list[Doubt]:
    """All doubts in the order of the document; `known` are those that the cutting found (numbers)."""
    places = list(_places(document))
    order = {place.address: position for position, place in enumerate(places)}
    found = chain(known, _missing(document), _by_rules(places), _mixed_tones(places), _by_shape(document))
    return sorted(_few_of_each(found), key=lambda doubt: order[doubt.address])


def _few_of_each(found: Iterable[Doubt]) -> list[Doubt]:
    """The first doubts of each sort; where there are very many, one more that counts the rest, so that the list stays readable."""
    kept: list[Doubt] = []
    seen: Counter[tuple[DoubtKind, str]] = Counter()
    rest: dict[tuple[DoubtKind, str], Doubt] = {}
    rest_places: dict[tuple[DoubtKind, str], dict[str, None]] = {}
    for doubt in found:
        sort = (doubt.kind, doubt.explanation)
        seen[sort] += 1
        if seen[sort] <= MAX_DOUBTS_OF_A_SORT:
            kept.append(doubt if doubt.places else replace(doubt, places=(doubt.address,)))
        else:
            rest.setdefault(sort, doubt)
            rest_places.setdefault(sort, {})[doubt.address] = None
    for sort, doubt in rest.items():
        explanation = _("%(explanation)s Từ đây còn %(count)d chỗ như vậy.")
        counted = explanation % {"explanation": doubt.explanation, "count": seen[sort] - MAX_DOUBTS_OF_A_SORT}
        kept.append(replace(doubt, explanation=counted, places=tuple(rest_places[sort])))
    return kept


def _places(document: IssuedDocument) -> Iterator[_Place]:
    """Each text with its address, in order; what is missing has its place too, so that a doubt about it sorts there."""
    yield from (_Place("tieu-de", line) for line in document.title or ("",))
    yield from (_Place(part.address, part.text) for part in document.parts)
    yield from (_Place("noi-nhan", line) for line in document.recipients or ("",))
    yield from (_Place("nguoi-ky", line) for line in (*document.signer_title, document.signer))


def _by_rules(places: list[_Place]) -> Iterator[Doubt]:
    """Each place where a rule of the data file applies."""
    for rule in doubt_rules():
        for place in places:
            for match in rule.pattern.finditer(place.text):
                yield Doubt(rule.kind, place.address, match.group(), rule.explanation)


def _mixed_tones(places: list[_Place]) -> Iterator[Doubt]:
    """Syllables that the document writes with the tone in two places (hoá, hóa): one doubt for each, at the rarer writing's first place."""
    counts: dict[str, Counter[str]] = {}
    addresses: dict[str, list[str]] = {}
    for place in places:
        for syllable in _SYLLABLE.findall(place.text):
            written = syllable.lower()
            if not written.isascii():
                counts.setdefault(_tone_last(written), Counter())[written] += 1
                addresses.setdefault(written, []).append(place.address)
    for writings in counts.values():
        if len(writings) > 1:
            ranked = sorted(writings, key=lambda written: (writings[written], written))
            told = ", ".join(
                _("“%(written)s” %(count)d lần (%(places)s)")
                % {"written": written, "count": writings[written], "places": ", ".join(dict.fromkeys(addresses[written]))}
                for written in ranked
            )
            explanation = _("Một chữ viết hai kiểu đặt dấu: %(told)s. Không phải lỗi; giữ nguyên như bản phát hành, bài của cổng viết theo một kiểu.")
            rarer = tuple(dict.fromkeys(addresses[ranked[0]]))
            yield Doubt(DoubtKind.TONE, rarer[0], " / ".join(ranked), explanation % {"told": told}, rarer)


@lru_cache(maxsize=10_000)
def _tone_last(syllable: str) -> str:
    """The syllable with its tone taken out and put at the end, so that hoá and hóa become one."""
    parts = unicodedata.normalize("NFD", syllable)
    tones = "".join(part for part in parts if part in TONES[1:])
    return "".join(part for part in parts if part not in TONES[1:]) + tones


def _by_shape(document: IssuedDocument) -> Iterator[Doubt]:
    """Paragraphs that begin in lower case, end without a mark, or open a bracket that nothing closes."""
    for part in document.parts:
        text = part.text
        for opening, closing in _PAIRS:
            if text.count(opening) != text.count(closing):
                explanation = _("Dấu %(opening)s %(closing)s không đủ đôi. Đối chiếu bản giấy.") % {"opening": opening, "closing": closing}
                yield Doubt(DoubtKind.BRACKETS, part.address, _around(text, text.find(opening if opening in text else closing)), explanation)
        if isinstance(part, Heading):
            start = part.title
        else:
            start = _LABEL.sub("", text, count=1)
            yield from _by_ending(part)
        if start[:1].islower() and not _BULLET.match(text):
            yield Doubt(DoubtKind.START, part.address, text[:60], _("Bắt đầu bằng chữ thường: có thể thiếu phần đầu câu. Đối chiếu bản giấy."))


def _by_ending(clause: Clause) -> Iterator[Doubt]:
    is_listed = bool(_BULLET.match(clause.text))
    if not clause.text.endswith(_ENDINGS) and not is_listed:
        explanation = _("Đoạn không có dấu kết câu: có thể bị cắt cụt, hoặc là một tiêu đề. Đối chiếu bản giấy.")
        yield Doubt(DoubtKind.ENDING, clause.address, clause.text[-60:], explanation)


def _around(text: str, position: int) -> str:
    return text[max(position - 20, 0) : position + 40].strip()


def _missing(document: IssuedDocument) -> Iterator[Doubt]:
    """Parts that an issued document has and this one does not show."""
    if not document.title:
        yield Doubt(DoubtKind.MISSING, "tieu-de", "", _("Không thấy tên văn bản ở đầu tệp. Hãy nhập tên vào trang văn bản."))
    if not document.recipients:
        yield Doubt(DoubtKind.MISSING, "noi-nhan", "", _("Không thấy mục “Nơi nhận”. Kiểm tra tệp có đủ trang cuối không."))
    if not document.signer:
        yield Doubt(DoubtKind.MISSING, "nguoi-ky", "", _("Không thấy tên người ký ở cuối tệp. Kiểm tra tệp có đủ trang cuối không."))
