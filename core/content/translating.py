"""English and other languages from PO files, made through wagtail-localize itself, as a translator would."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import polib
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site
from wagtail.views import serve
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from core.models import LoadedContent
from core.translations import in_language
from core.vietnamese import normalise

from .errors import ContentError
from .files import digest_of, key_of, read_text
from .loading import Report, load_row, mark_of


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
        # A link that is not there this time, or bold that was taken away, takes its markup along.
        self._bare = {_bare(entry.msgid): _bare(entry.msgstr) if "<" in entry.msgid else entry.msgstr for entry in entries}

    def find(self, source: str) -> str | None:
        """The translation of a segment, which may be HTML; None where there is none."""
        found = self._exact.get(normalise(source))
        if found is not None:
            return found
        found = self._bare.get(_bare(source))
        return html.escape(found, quote=False) if found is not None else None


def _bare(text: str) -> str:
    return " ".join(html.unescape(strip_tags(normalise(text))).split())


def translate_page(report: Report, page: Page, locale: Locale, catalogues: list[Catalogue], name: str) -> None:
    """Make or renew the page's translation from catalogues; published only when every string has one.

    A source that its own file renewed renews the translation too. An editor's change to the translation is kept: then nothing happens.
    """
    digest = digest_of(*(catalogue.digest for catalogue in catalogues), *_file_hashes(page))
    load_row(report, f"{catalogues[0].key}#{name}", digest, lambda row: _translate(report, page.specific, locale, catalogues))


def _file_hashes(page: Page) -> list[str]:
    """What the files of the page were when it was last made from them."""
    records = LoadedContent.objects.filter(content_type=ContentType.objects.get_for_model(page.specific_class or Page), object_id=str(page.pk))
    return list(records.order_by("key").values_list("file_hash", flat=True))


def address_in(address: str, locale: Locale) -> str | None:
    """Where an address of this site leads in another language; None if that language has nothing there, or for an address elsewhere."""
    path, mark, rest = address.partition("#")
    if not path.startswith("/") or path.startswith("//"):
        return None
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    if view is not serve:
        return f"{in_language(path, locale.language_code)}{mark}{rest}"
    root = Site.objects.get(is_default_site=True).root_page
    page = Page.objects.filter(url_path=f"{root.url_path.rstrip('/')}{path}").first()
    target = page.get_translation_or_none(locale) if page else None
    return f"{target.get_url()}{mark}{rest}" if target and target.live else None


def _turn_links(source: TranslationSource, locale: Locale) -> bool:
    """Links inside the text lead to the same page in the text's language, where there is one. Whether any was turned."""
    turned = False
    for segment in source.overridablesegment_set.select_related("context"):
        link = json.loads(segment.data_json)
        address = address_in(link, locale) if isinstance(link, str) else None
        if address is None or SegmentOverride.objects.filter(locale=locale, context=segment.context, data_json=json.dumps(address)).exists():
            continue
        defaults = {"data_json": json.dumps(address), "has_error": False, "field_error": ""}
        SegmentOverride.objects.update_or_create(locale=locale, context=segment.context, defaults=defaults)
        turned = True
    return turned


def turn_links() -> None:
    """Once everything is there, translations link to pages that were made after them; what a translator changed stays."""
    for record in LoadedContent.objects.filter(key__contains=".po#").select_related("content_type"):
        page: Any = record.content_type.model_class()._default_manager.filter(pk=record.object_id).select_related("locale").first()  # type: ignore[union-attr]
        if page is None or not page.live or record.row_hash != mark_of(page):
            continue
        translation = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id).select_related("source").first()
        if translation and _turn_links(translation.source, page.locale):
            with transaction.atomic():
                translation.save_target(publish=True)
            LoadedContent.objects.filter(pk=record.pk).update(row_hash=mark_of(page))


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
    _turn_links(source, locale)
    for text in missing:
        report.say(f"  {page.slug} ({locale.language_code}): chưa dịch “{text[:100]}”")
    translation.save_target(publish=not missing)
    return translation.get_target_instance()
