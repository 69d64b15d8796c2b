"""Loads guides, questions and terms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wagtail.models import Locale

from core.content.files import digest_of, key_of, read_yaml
from core.content.loading import Report, load_row
from core.content.markdown import to_html
from topics.item_loading import load_items, translate_items

from .models import GuidePage, QuestionPage, Term, TermName

ROOM = Path(__file__).parent


def load(report: Report) -> None:
    """Terms, then items."""
    load_terms(report)
    load_items(report, ROOM, "guides", GuidePage)
    load_items(report, ROOM, "questions", QuestionPage)


def translate(report: Report) -> None:
    """Guides in the languages that have a catalogue of theirs."""
    translate_items(report, ROOM, GuidePage)


def load_terms(report: Report) -> None:
    """Every term, with its English row where the file gives one."""
    path = ROOM / "data" / "terms.yaml"
    if not path.is_file():
        return
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for entry in read_yaml(path):
        key = f"{key_of(path)}#{entry['slug']}"
        digest = digest_of(json.dumps(entry, sort_keys=True, default=str))
        term = load_row(report, key, digest, lambda row, entry=entry: _term(row, entry, locales["vi"]))
        if term is not None and entry.get("name_en") and "en" in locales:
            load_row(report, f"{key}/en", digest, lambda row, entry=entry, term=term: _english(row, entry, term, locales["en"]))


def _term(row: Any | None, entry: dict[str, Any], locale: Locale) -> Term:
    term = row or Term(locale=locale)
    term.slug, term.name = entry["slug"], entry["name"]
    term.scientific_name = entry.get("scientific_name") or ""
    term.definition = to_html(entry["definition"])
    term.is_sample = entry.get("is_sample", False)
    term.other_names = [TermName(name=name, sort_order=order) for order, name in enumerate(entry.get("other_names") or [])]
    term.full_clean()
    term.save()
    return term


def _english(row: Any | None, entry: dict[str, Any], source: Any, locale: Locale) -> Term:
    term = (
        row or Term.objects.filter(translation_key=source.translation_key, locale=locale).first() or Term(translation_key=source.translation_key, locale=locale)
    )
    term.name, term.slug = entry["name_en"], ""
    term.scientific_name = entry.get("scientific_name") or ""
    term.definition = to_html(entry["definition_en"])
    term.other_names = [TermName(name=name, sort_order=order) for order, name in enumerate(entry.get("other_names_en") or [])]
    term.clean()
    term.save()
    return term
