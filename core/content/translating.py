"""English and other languages from PO files, made through wagtail-localize itself, as a translator would."""

from __future__ import annotations

import html
from pathlib import Path

import polib
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core.vietnamese import normalise

from .errors import ContentError
from .files import digest_of, key_of, read_text
from .loading import Report, load_row


class Catalogue:
    """One PO file: found by the exact string, or by its words without markup."""

    def __init__(self, path: Path) -> None:
        self.key = key_of(path)
        text = read_text(path)
        self.digest = digest_of(text)
        try:
            entries = [entry for entry in polib.pofile(text) if entry.msgstr and not entry.obsolete and "fuzzy" not in entry.flags]
        except (OSError, UnicodeDecodeError) as error:
            raise ContentError(_("%(file)s: không đọc được PO: %(error)s") % {"file": self.key, "error": error}) from error
        self._exact = {normalise(entry.msgid): entry.msgstr for entry in entries}
        self._bare = {_bare(entry.msgid): entry.msgstr for entry in entries}

    def find(self, source: str) -> str | None:
        """The translation of a segment, which may be HTML; None where there is none."""
        found = self._exact.get(normalise(source))
        if found is not None:
            return found
        found = self._bare.get(_bare(source))
        return html.escape(found, quote=False) if found is not None and "<" in source else found


def _bare(text: str) -> str:
    return " ".join(html.unescape(strip_tags(normalise(text))).split())


def translate_page(report: Report, page: Page, locale: Locale, catalogues: list[Catalogue], name: str) -> None:
    """Make or renew the page's translation from catalogues; published only when every string has one.

    An editor's change to the translation is kept: then nothing happens.
    """
    digest = digest_of(*(catalogue.digest for catalogue in catalogues))
    load_row(report, f"{catalogues[0].key}#{name}", digest, lambda row: _translate(report, page.specific, locale, catalogues))


def _translate(report: Report, page: Page, locale: Locale, catalogues: list[Catalogue]) -> Page:
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    missing = []
    for segment in source.stringsegment_set.select_related("string", "context"):
        text = next((found for catalogue in catalogues if (found := catalogue.find(segment.string.data)) is not None), None)
        if text is None and not any(character.isalpha() for character in segment.string.data):
            text = segment.string.data
        if text is None:
            if segment.context.path != "slug":
                missing.append(segment.string.data)
            continue
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL, "tool_name": "", "has_error": False},
        )
    for text in missing:
        report.say(f"  {page.slug} ({locale.language_code}): chưa dịch “{text[:100]}”")
    translation.save_target(publish=not missing)
    return translation.get_target_instance()
