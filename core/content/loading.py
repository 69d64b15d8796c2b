"""Loading without harm: a row is made once, renewed while nobody has touched it, and left alone from then on."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from wagtail.models import Page

from core.models import LoadedContent
from core.models.content import LoadDay

from .files import digest_of

CREATED, RENEWED, UNCHANGED, EDITED, DELETED = "tạo mới", "cập nhật", "giữ nguyên", "biên tập đã sửa, không đụng tới", "biên tập đã xóa, không tạo lại"


@dataclass
class Report:
    """What a load did: how many rows of each outcome, and lines for the person who runs it."""

    say: Callable[[str], None] = lambda line: None
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, outcome: str, key: str) -> None:
        self.counts[outcome] += 1
        if outcome != UNCHANGED:
            self.say(f"  {key}: {outcome}")


def first_load_day() -> dt.date:
    """The day from which relative dates count: that of the first load, kept for ever."""
    found = LoadDay.objects.first() or LoadDay.objects.create(day=timezone.localdate())
    return found.day


def mark_of(row: models.Model) -> str:
    """What changes as soon as somebody edits the row: a page's latest revision and whether it is live, another row's own fields and links.

    Derived columns and empty values are left out: a version of the site that adds a column makes no row look edited.
    """
    if isinstance(row, Page):
        revision, is_live = Page.objects.values_list("latest_revision_id", "live").get(pk=row.pk)
        return f"revision:{revision}:{'live' if is_live else 'draft'}"
    fresh: Any = type(row)._default_manager.get(pk=row.pk)
    data = fresh.serializable_data() if hasattr(fresh, "serializable_data") else {f.name: getattr(fresh, f.attname) for f in fresh._meta.concrete_fields}
    data |= {links.name: sorted(getattr(fresh, links.name).values_list("pk", flat=True)) for links in fresh._meta.many_to_many}
    derived = {column.name for column in fresh._meta.concrete_fields if not column.editable} | {"latest_revision"}
    kept = {name: value for name, value in data.items() if name not in derived}
    return digest_of(json.dumps(_filled(kept), cls=DjangoJSONEncoder, sort_keys=True))


def _filled(data: Any) -> Any:
    """The same data without empty values, however deep; a file is its name."""
    if isinstance(data, FieldFile):
        return data.name
    if isinstance(data, dict):
        return {name: _filled(value) for name, value in data.items() if value}
    return [_filled(entry) for entry in data] if isinstance(data, list) else data


def load_row(report: Report, key: str, digest: str, make: Callable[[Any | None], models.Model]) -> models.Model | None:
    """Load one row. `make(None)` creates it, `make(row)` renews it; both return the saved row.

    Nothing happens if the file is as it was, if an editor has changed the row since, or deleted it.
    Returns the row, or None where it was deleted.
    """
    record = LoadedContent.objects.filter(key=key).select_related("content_type").first()
    row = record.content_type.model_class()._default_manager.filter(pk=record.object_id).first() if record else None  # type: ignore[union-attr]
    if record and row is None:
        report.note(DELETED, key)
        return None
    if record and row is not None and record.file_hash == digest:
        report.note(UNCHANGED, key)
        return row
    if record and row is not None and record.row_hash != mark_of(row):
        report.note(EDITED, key)
        return row
    # A transaction a row: wagtail-localize publishes when it ends, and a child's parent must be published before.
    with transaction.atomic():
        made = make(row)
        LoadedContent.objects.update_or_create(
            key=key,
            defaults={"content_type": ContentType.objects.get_for_model(made), "object_id": str(made.pk), "file_hash": digest, "row_hash": mark_of(made)},
        )
    # A translation goes live when the transaction ends.
    LoadedContent.objects.filter(key=key).update(row_hash=mark_of(made))
    report.note(RENEWED if record else CREATED, key)
    return made
