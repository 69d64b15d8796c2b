"""Loads the groups of synonyms that come with the site; editors keep them from then on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.content.files import digest_of, key_of, read_yaml
from core.content.loading import Report, load_row
from core.vietnamese import slugify

from .models import SynonymGroup

FILE = Path(__file__).parent / "data" / "synonyms.yaml"


def load(report: Report) -> None:
    """Every group of the file: sections are kinds, a line is a group, known by its first two words."""
    for kind, groups in read_yaml(FILE).items():
        for words in groups:
            phrases = [str(word) for word in words]
            key = f"{key_of(FILE)}#{kind}/{slugify(' '.join(phrases[:2]))}"
            load_row(report, key, digest_of("\n".join([kind, *phrases])), lambda row, kind=kind, phrases=phrases: _group(row, kind, phrases))


def _group(row: Any | None, kind: str, phrases: list[str]) -> SynonymGroup:
    group = row or SynonymGroup()
    group.kind, group.words = kind, "\n".join(phrases)
    group.full_clean()
    group.save()
    return group
