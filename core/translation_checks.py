"""What can be wrong with one translated sentence. Each check says so in Vietnamese."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from .glossary import Glossary
from .package_catalogues import Translation
from .vietnamese import fold

# %(name)s %(value).1f %s %d {name} {} {0} — a sign for percent is none.
PLACEHOLDER = re.compile(r"%\(\w+\)[-+#0]?[\d.]*[a-z]|%[sdrif](?![\w%])|\{\w*\}")
TAG = re.compile(r"</?[a-zA-Z{][^<>]*>")
ENTITY = re.compile(r"&#?\w+;")
CODE = re.compile(r"\bhttps?://\S+|\b\w+\(\)|(?:%\(\w+\)s|\b\w+)\.(?=\w*_)\w+")
WORD = re.compile(r"[^\W\d_]+")
# "hoà", "huỷ", "thuý": the press writes hòa, hủy, thúy.
OLD_TONE_PLACE = re.compile(r"o[àáảãạèéẻẽẹ]\b|(?<!q)u[ỳýỷỹỵ]\b", re.IGNORECASE)
# One Vietnamese syllable without its accents: what has another shape is a foreign word or a misprint.
SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?"
    r"(?:uyeu|uya|uye|uyu|ieu|yeu|oai|oao|oay|oeo|uai|uay|uao|ueu|uoi|uou|uo|ua|ue|ui|uu|uy|ia|ie|iu|ye|oa|oe|oi|oo|ai|ao|au|ay|eo|eu|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)


def faults(translation: Translation, glossary: Glossary) -> Iterator[str]:
    """All that is wrong with a sentence's Vietnamese, most serious first."""
    sentence = translation.sentence
    if not translation.said:
        yield "chưa dịch"
        return
    if not all(translation.said):
        yield "có dạng số nhiều chưa dịch"
    if translation.is_fuzzy:
        yield "bản dịch còn ngờ (fuzzy)"
    for said in filter(None, translation.said):
        yield from broken_marks(sentence.english, sentence.many, said, translation.note)
        if said in {sentence.english, sentence.many} and foreign_words(said, glossary, allow_syllables=False):
            yield "giống hệt tiếng Anh"
            return
        if words := foreign_words(said, glossary):
            yield f"còn chữ nước ngoài: {', '.join(words)}"
        yield from misspelt(said)
        english = bare(f"{sentence.english} {sentence.many}")
        for term in glossary.terms:
            if term.concerns(english):
                yield from term.faults(bare(said))


def bare(text: str) -> str:
    """The words of a sentence: no tags, addresses, code, placeholders, entities."""
    for pattern in (TAG, CODE, PLACEHOLDER, ENTITY):
        text = pattern.sub(" ", text)
    return text


def broken_marks(english: str, many: str, said: str, note: str = "") -> Iterator[str]:
    """Placeholders, tags and spaces at the ends that the translation lost or made up.

    Vietnamese has one form for all numbers: it needs what the English form for many names. A placeholder named in the note is left out on purpose.
    """
    asked, offered = Counter(PLACEHOLDER.findall(said)), Counter(PLACEHOLDER.findall(f"{english} {many}"))
    needed = set(PLACEHOLDER.findall(many or english)) - set(PLACEHOLDER.findall(note))
    if invented := set(asked) - set(offered):
        yield f"có chỗ điền lạ: {', '.join(sorted(invented))}"
    if lost := needed - set(asked):
        yield f"mất chỗ điền: {', '.join(sorted(lost))}"
    unnamed = [mark for mark in PLACEHOLDER.findall(many or english) if (mark.startswith("%") and "(" not in mark) or mark == "{}"]
    if unnamed != [mark for mark in PLACEHOLDER.findall(said) if mark in unnamed]:
        yield f"chỗ điền không tên phải đủ và đúng thứ tự: {' '.join(unnamed)}"
    if Counter(TAG.findall(many or english)) != Counter(TAG.findall(said)):
        yield f"thẻ HTML khác bản gốc: {' '.join(TAG.findall(many or english)) or 'không có'}"
    for name, end in (("đầu", slice(0, 1)), ("cuối", slice(-1, None))):
        if english[end].isspace() != said[end].isspace():
            yield f"khoảng trắng ở {name} câu khác bản gốc"


def foreign_words(said: str, glossary: Glossary, *, allow_syllables: bool = True) -> list[str]:
    """Words that are neither Vietnamese syllables nor kept on purpose."""
    words = [word for word in WORD.findall(bare(said)) if len(word) > 1 and word.lower() not in glossary.kept]
    return [word for word in words if not (allow_syllables and SYLLABLE.fullmatch(fold(word)))]


def misspelt(said: str) -> Iterator[str]:
    """Tone marks in the old place, letters taken apart."""
    if old := OLD_TONE_PLACE.search(said):
        yield f"dấu đặt kiểu cũ: …{said[max(0, old.start() - 3) : old.end()]}"
    if not unicodedata.is_normalized("NFC", said):
        yield "chữ chưa ở dạng NFC"
