"""Loads achievements, honourees and their honours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.content import ContentError
from core.content.files import ContentFile
from core.content.loading import Report
from core.content.values import Values
from topics.item_loading import load_items, translate_items
from topics.models import ItemPage

from .models import AchievementPage, Honour, HonoureePage

ROOM = Path(__file__).parent


def load(report: Report) -> None:
    """Achievements first: honourees' stories refer to them."""
    load_items(report, ROOM, "achievements", AchievementPage)
    load_items(report, ROOM, "honourees", HonoureePage, after=_honours)


def translate(report: Report) -> None:
    """Achievements and honourees in the languages that have a catalogue of theirs."""
    translate_items(report, ROOM, AchievementPage)
    translate_items(report, ROOM, HonoureePage)


def _honours(page: ItemPage, file: ContentFile, values: Values) -> None:
    """Honours of the file that the register does not have yet: an entry of the register is never written over."""
    for entry in file.data.get("honours") or []:
        columns: dict[str, Any] = {column.name: column for column in Honour._meta.concrete_fields}
        fields = {name: values.field(columns[name], raw) for name, raw in entry.items()}
        if Honour.objects.filter(honouree=page.pk, decision_number=fields.get("decision_number")).exists():
            continue
        honour = Honour(honouree=page, **fields)
        try:
            honour.full_clean()
        except ValidationError as error:
            raise ContentError(_("%(file)s: danh hiệu: %(error)s") % {"file": file.key, "error": error}) from error
        honour.save()
