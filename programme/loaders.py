"""Loads policies and targets, and imports the programme when the machine has its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from core.content.files import digest_of, key_of, read_text, read_yaml
from core.content.loading import Report, first_load_day, load_row
from core.content.values import Values
from topics.item_loading import load_items

from .importing import SourceFile, save_document
from .models import PolicyPage, Target, TargetValue
from .particulars import ImportRefused, read_particulars
from .reading import DocumentError, read_document
from .targets import tie_targets

ROOM = Path(__file__).parent
_TARGET_WORDS = ("name", "kind", "unit", "baseline_note", "source")
_TARGET_NUMBERS = ("baseline", "target_value", "target_year")


def load(report: Report) -> None:
    """The programme first: policies, targets and other rooms' items link to its clauses."""
    load_documents(report)
    load_targets(report)
    load_items(report, ROOM, "policies", PolicyPage)


def load_documents(report: Report) -> None:
    """Each document of data/documents whose file this machine has; the others are left out, and the site runs without them."""
    for path in sorted((ROOM / "data" / "documents").glob("*.yaml")):
        source = settings.SOURCE_DIR / read_yaml(path)["file"]
        if source.is_file():
            _load_document(report, path, source)


def _load_document(report: Report, path: Path, source: Path) -> None:
    data = source.read_bytes()
    particulars = read_particulars(path)

    def make(row: Any | None) -> Any:
        document = read_document(data, source.name)
        return save_document(document, particulars, SourceFile(source.name, data)).page

    try:
        load_row(report, key_of(path), digest_of(read_text(path), data.hex()), make)
    except (DocumentError, ImportRefused) as error:
        report.say(f"  {particulars.number}: {error}")


def load_targets(report: Report) -> None:
    """Targets, tied to their clauses where the document is there."""
    path = ROOM / "data" / "targets.yaml"
    values = Values(key_of(path), first_load_day(), ROOM / "data" / "pictures")
    for entry in read_yaml(path):
        key = f"{key_of(path)}#{entry['slug']}"
        load_row(report, key, digest_of(json.dumps(entry, sort_keys=True, default=str)), lambda row, entry=entry: _target(row, entry, values))
    tie_targets()


def _target(row: Any | None, entry: dict[str, Any], values: Values) -> Target:
    target = row or Target(slug=entry["slug"])
    for name in _TARGET_WORDS:
        setattr(target, name, entry.get(name) or "")
    for name in _TARGET_NUMBERS:
        setattr(target, name, entry.get(name))
    target.position = entry.get("position") or 0
    target.as_of = values.date(entry.get("as_of"))
    target.clause_address = entry.get("clause") or ""
    target.values = [TargetValue(**{**value, "as_of": values.date(value.get("as_of"))}) for value in entry.get("values") or []]
    target.full_clean()
    target.save()
    return target
