"""Names that lead straight to a page: values of taxonomies and terms, with all by which people know them.

A few hundred names, kept in memory and read anew every minute: suggestions complete them, a search for one shows its page first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

from core.vietnamese import fold
from knowledge_base.models import Term
from topics.models import FormerPlacePart
from topics.models.taxonomies import topic_url
from topics.queries import TAXONOMIES

LOOK_SECONDS = 60.0
TERMS = "thuat-ngu"
# What people look for most stands first among equals.
_ORDER = {"san-pham": 0, TERMS: 1, "dia-ban": 2, "ky-thuat": 3, "linh-vuc": 4, "doi-tuong": 5}


@dataclass(frozen=True, slots=True)
class Entry:
    """One name: folded for finding, as written, what it is shown as, where it leads, and what it is a name of."""

    folded: str
    name: str
    text: str
    url: str
    kind: str


class Directory:
    """The names of one language."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=lambda entry: (_ORDER.get(entry.kind, 9), len(entry.folded), entry.folded))

    def completed(self, text: str, limit: int) -> list[Entry]:
        """Names that begin with the text, then names with a word that does; each page once."""
        folded, written = fold(text), text.casefold()
        if not folded:
            return []
        found: list[tuple[int, int, Entry]] = []
        for place, entry in enumerate(self.entries):
            if entry.folded.startswith(folded):
                found.append((0 if entry.name.casefold().startswith(written) else 1, place, entry))
            elif f" {folded}" in entry.folded:
                found.append((2, place, entry))
        return _once((entry for _rank, _place, entry in sorted(found, key=lambda row: row[:2])), limit)

    def named(self, text: str, limit: int = 3) -> list[Entry]:
        """Pages whose name, accents aside, is the text; those written so first."""
        folded, written = fold(text), text.casefold()
        same = [entry for entry in self.entries if entry.folded == folded]
        exact = [entry for entry in same if entry.name.casefold() == written]
        return _once(exact or same, limit)


def _once(entries: Iterable[Entry], limit: int) -> list[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.url, entry)
        if len(found) == limit:
            break
    return list(found.values())


def directory(language: str) -> Directory:
    """The directory of a language; while one thread reads it anew, the others use what there is."""
    now = time.monotonic()
    kept = _kept.get(language)
    if kept is not None and now - kept[0] < LOOK_SECONDS:
        return kept[1]
    if not _lock.acquire(blocking=kept is None):
        return kept[1] if kept else Directory(())
    try:
        fresh = _kept.get(language)
        if fresh is None or now - fresh[0] >= LOOK_SECONDS:
            fresh = _kept[language] = (now, read_directory(language))
        return fresh[1]
    finally:
        _lock.release()


def read_directory(language: str) -> Directory:
    """All names from the database. About a dozen queries."""
    entries: list[Entry] = []
    for model in TAXONOMIES:
        rows = {row.pk: row for row in model._default_manager.all()}
        names = [(row.pk, row.name) for row in rows.values()] + [(row.pk, label) for row in rows.values() for label in row.labels.values()]
        names += [(row.pk, row.scientific_name) for row in rows.values() if getattr(row, "scientific_name", "")]
        names += list(model._meta.get_field("names").related_model._default_manager.values_list("topic_id", "name"))
        if model.key == "locality":
            names += list(FormerPlacePart.objects.values_list("locality_id", "former__name"))
        for pk, name in dict.fromkeys(names):
            row = rows[pk]
            label = row.label_in(language)
            shown = label if fold(label) == fold(name) else f"{label} ({name})"
            entries.append(Entry(fold(name), name, shown, topic_url(model.segment, row.slug, language), model.segment))
    for term in Term.objects.filter(locale__language_code=language).select_related("locale").prefetch_related("other_names"):
        for name in filter(None, [term.name, term.scientific_name, *(row.name for row in term.other_names.all())]):
            shown = term.name if name == term.name else f"{term.name} ({name})"
            entries.append(Entry(fold(name), name, shown, term.get_absolute_url(), TERMS))
    return Directory(entries)


_lock = threading.Lock()
_kept: dict[str, tuple[float, Directory]] = {}


def forget() -> None:
    """Read the names again at the next question."""
    _kept.clear()
