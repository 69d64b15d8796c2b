"""Loads policies and targets, and imports the programme when the machine has its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.content.files import digest_of, key_of, read_yaml
from core.content.loading import Report, first_load_day, load_row
from core.content.values import Values
from topics.item_loading import load_items

from .models import Clause, PolicyPage, Target

ROOM = Path(__file__).parent


def load(report: Report) -> None:
    """The programme first: policies, targets and other rooms' items link to its clauses."""
    load_targets(report)
    load_items(report, ROOM, "policies", PolicyPage)


def load_targets(report: Report) -> None:
    """Targets, tied to their clauses where the document is there."""
    path = ROOM / "data" / "targets.yaml"
    values = Values(key_of(path), first_load_day(), ROOM / "data" / "pictures")
    for entry in read_yaml(path):
        key = f"{key_of(path)}#{entry['slug']}"
        load_row(report, key, digest_of(json.dumps(entry, sort_keys=True, default=str)), lambda row, entry=entry: _target(row, entry, values))
    for target in Target.objects.filter(clause=None).exclude(clause_address=""):
        Target.objects.filter(pk=target.pk).update(clause=Clause.objects.filter(address=target.clause_address).first())


def _target(row: Any | None, entry: dict[str, Any], values: Values) -> Target:
    target = row or Target(slug=entry["slug"])
    for name in ("name", "kind", "unit", "baseline", "baseline_note", "target_value", "target_year", "source", "position"):
        setattr(target, name, entry.get(name) if entry.get(name) is not None or name in {"baseline", "target_value", "target_year"} else "")
    target.as_of = values.date(entry.get("as_of"))
    target.clause_address = entry.get("clause") or ""
    target.full_clean()
    target.save()
    return target
