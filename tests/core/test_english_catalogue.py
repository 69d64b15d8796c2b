"""The English catalogue says what the Vietnamese says: nothing empty, no placeholder lost, nothing left in Vietnamese."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from core.catalogues import ROOT

CATALOGUE = Path(ROOT) / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")


@pytest.fixture(scope="module")
def entries() -> list[tuple[str, list[str]]]:
    """Each Vietnamese sentence with its English, singular and plural."""
    catalogue = polib.pofile(str(CATALOGUE))
    return [(entry.msgid, list(entry.msgstr_plural.values()) or [entry.msgstr]) for entry in catalogue if not entry.obsolete]


def test_nothing_is_empty_or_doubtful(entries):
    assert entries
    assert [sentence for sentence, english in entries if not all(english)] == []
    assert polib.pofile(str(CATALOGUE)).fuzzy_entries() == []


def test_placeholders_are_kept(entries):
    lost = [sentence for sentence, english in entries for text in english if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(sentence))]

    assert lost == []


def test_no_vietnamese_is_left(entries):
    """A sentence in plain ASCII, such as "video", may be the same word in both languages."""
    assert [sentence for sentence, english in entries if sentence in english and not sentence.isascii()] == []
