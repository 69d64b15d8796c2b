"""Words of a page: months by their names, numbers of documents on one line."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from core.templatetags.wording import is_longer_than, month_name, unbroken


@pytest.mark.parametrize(("language", "month", "name"), [("vi", 11, "Tháng\u00a011"), ("vi", dt.date(2026, 9, 7), "Tháng\u00a09"), ("en", 11, "November")])
def test_a_month_has_the_name_that_its_language_gives_it(language, month, name):
    with translation.override(language):
        assert month_name(month) == name


@pytest.mark.parametrize("number", ["36-NQ/TW", "88-CTr/TU", "1234/QĐ-UBND", "06/2022/QH15", "0000/KH-UBND"])
def test_the_number_of_a_document_stays_on_one_line(number):
    assert unbroken(f"Nghị quyết số {number}, ngày 2") == f'Nghị quyết số <span class="whole">{number}</span>, ngày 2'


@pytest.mark.parametrize("words", ["65–100 ngày", "7–10 ngày", "cây, con", "HTX-Hồi"])
def test_other_words_break_as_they_like(words):
    assert unbroken(words) == words


def test_what_is_not_ours_is_escaped():
    assert unbroken("<b>36-NQ/TW</b>") == '&lt;b&gt;<span class="whole">36-NQ/TW</span>&lt;/b&gt;'


def test_a_long_figure_is_known_by_its_letters():
    assert is_longer_than("1.234.567", 7)
    assert not is_longer_than(18.5, 7)
    assert not is_longer_than(None, 7)
