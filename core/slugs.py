"""Addresses as they are typed: the browser and the server make the same ASCII of Vietnamese letters."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.widgets import SlugInput

from .vietnamese import slugify

# What the browser does before Wagtail's own slug is made: the letters of core.vietnamese.slugify. "đ" is a letter of
# its own and has no decomposition, so the table names every accented letter; what is typed decomposed loses its marks.
_LETTERS = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
    "d": "đ",
}
# Punctuation and spaces of any script become one hyphen, none at the ends: "Cá tầm – cá hồi" → ca-tam-ca-hoi.
_BETWEEN_WORDS = r"[\s!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f]+"
SLUG_FORMATTERS = [
    *((f"[{accented}{accented.upper()}]", plain) for plain, accented in _LETTERS.items()),
    ("[\u0300-\u036f]", ""),
    (_BETWEEN_WORDS, "-"),
    (r"^-+|-+$", ""),
]


class FoldedSlugField(forms.SlugField):
    """A slug in which accented letters are folded, not refused: it also works where no script runs."""

    widget = SlugInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", SlugInput(formatters=SLUG_FORMATTERS))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text if text.isascii() else slugify(text)
