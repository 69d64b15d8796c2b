"""Filters for the words of a page: months, official numbers, the letter of a dictionary."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import template
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.vietnamese import initial

register = template.Library()
register.filter("initial", initial)

# "36-NQ/TW", "1234/QĐ-UBND", "06/2022/QH15": browsers break a line after each hyphen.
_NUMBER = re.compile(r"\b\d{1,6}(?:[-/][A-ZĐ0-9][A-Za-zĐ0-9]{0,9}){1,4}\b")


@register.filter
def month_name(month: int | dt.date) -> str:
    """ "Tháng 11" as Vietnamese numbers its months, "November" elsewhere."""
    number = month if isinstance(month, int) else month.month
    return f"Tháng\N{NO-BREAK SPACE}{number}" if get_language() == settings.LANGUAGE_CODE else str(MONTHS[number])


@register.filter
def unbroken(text: Any) -> SafeString:
    """The text, escaped, in which the number of a document stays on one line."""
    return mark_safe(_NUMBER.sub(r'<span class="whole">\g<0></span>', conditional_escape(text)))  # noqa: S308 - escaped before


@register.filter
def is_longer_than(value: object, most: int) -> bool:
    """Whether a figure or a phrase has more letters than its large type can hold."""
    return len(str(value)) > most
