"""The admin's look and its Vietnamese addresses."""

from __future__ import annotations

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

# What the browser does before it slugs: the same letters as core.vietnamese.slugify. NFD first would split "đ" from
# nothing (it is a letter of its own), so the table names every accented letter of Vietnamese.
_LETTERS = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
    "d": "đ",
}
SLUG_FORMATTERS = [(f"[{accented}{accented.upper()}]", plain) for plain, accented in _LETTERS.items()] + [("[\u0300-\u036f]", "")]

register_form_field_override(models.SlugField, override={"widget": SlugInput(formatters=SLUG_FORMATTERS)})
