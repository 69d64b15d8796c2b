"""Catalogues of pages: each makes a whole English page, and stays in step with its Vietnamese source."""

from __future__ import annotations

import html
from pathlib import Path

import polib
import pytest
from django.utils.html import strip_tags
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from core.content.translating import address_in
from tests.pages import part_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(path for path in ROOT.glob("*/data/translations/en/*.po") if path.stem != "home")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_catalogue_is_a_live_english_page(path, visited):
    """A sentence that was changed in the Vietnamese file and not in the catalogue leaves the English page a draft."""
    page = Page.objects.get(slug=path.stem, locale__language_code="vi")
    english = page.get_translation_or_none(Locale.objects.get(language_code="en"))

    assert english is not None
    assert english.live
    assert visited(english.get_url()).status_code == 200


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_sentence_of_a_catalogue_is_in_use_and_in_english(path):
    entries = polib.pofile(str(path))
    page = Page.objects.get(slug=path.stem, locale__language_code="vi")
    source = TranslationSource.objects.get_for_instance(page)
    used = {html.unescape(strip_tags(text)) for text in source.stringsegment_set.values_list("string__data", flat=True)}

    assert [entry.msgid for entry in entries if html.unescape(strip_tags(entry.msgid)) not in used] == []
    assert [entry.msgid for entry in entries if not entry.msgstr or entry.obsolete or "fuzzy" in entry.flags] == []


def test_a_link_in_a_translation_leads_to_its_own_language():
    locale = Locale.objects.get(language_code="en")

    assert address_in("/cam-nang/", locale) == "/en/cam-nang/"
    assert address_in("/cam-nang/u-phan-vi-sinh/#buoc-1", locale) == "/en/cam-nang/composting-with-microbes/#buoc-1"
    assert address_in("/san-pham/hoi/", locale) == "/en/san-pham/hoi/"
    assert [address_in(address, locale) for address in ("/khong-co/", "https://example.org/", "//example.org/", "#muc", "/van-ban/88-ctr-tu/")] == [None] * 5


def test_links_between_translated_pages_lead_to_their_translations(visited):
    shown = part_of(visited("/en/gioi-thieu/"), "<main", "main")

    assert [address for address in ("/en/quyen-rieng-tu/", "/en/kha-nang-tiep-can/", "/en/ban-quyen/") if f'href="{address}"' not in shown] == []
