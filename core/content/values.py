"""From what a file says to what a field holds: relative dates, files, rows by slug, StreamField values."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from core.models import PortalImage

from .errors import ContentError
from .markdown import to_blocks, to_html
from .pictures import picture_of

_RELATIVE = re.compile(r"^([+-]\d+)d(?: (\d{1,2}):(\d{2}))?$")
_NAMESPACE = uuid.UUID("5b8ff26e-9d0f-4b7a-8a1f-36c1a3a0f001")


class Values:
    """Reads the values of one file. `day` is the day of the first load; `pictures` the room's folder of pictures."""

    def __init__(self, where: str, day: dt.date, pictures: Path) -> None:
        self.where, self.day, self.pictures = where, day, pictures

    def date(self, raw: Any) -> dt.date | None:
        """`2026-10-01`, or `+10d`/`-3d` from the day of the first load."""
        if raw in (None, ""):
            return None
        if isinstance(raw, dt.datetime):
            return raw.date()
        if isinstance(raw, dt.date):
            return raw
        if found := _RELATIVE.match(str(raw)):
            return self.day + dt.timedelta(days=int(found.group(1)))
        try:
            return dt.date.fromisoformat(str(raw))
        except ValueError as error:
            raise ContentError(_("%(file)s: ngày “%(value)s” phải có dạng 2026-10-01 hoặc -3d.") % {"file": self.where, "value": raw}) from error

    def moment(self, raw: Any) -> dt.datetime | None:
        """A date with an hour, `+10d 08:00`; eight in the morning where none is given."""
        if raw in (None, ""):
            return None
        if isinstance(raw, dt.datetime):
            return raw if timezone.is_aware(raw) else timezone.make_aware(raw)
        found = _RELATIVE.match(str(raw))
        try:
            hour = dt.time(int(found.group(2)), int(found.group(3))) if found and found.group(2) else dt.time(8)
        except ValueError as error:
            raise ContentError(_("%(file)s: giờ trong “%(value)s” phải từ 00:00 đến 23:59.") % {"file": self.where, "value": raw}) from error
        day = self.date(raw)
        return timezone.make_aware(dt.datetime.combine(day, hour)) if day else None

    def field(self, field: models.Field, raw: Any) -> Any:
        """The value of a model field as its type wants it."""
        if isinstance(field, StreamField):
            return self.stream(field.stream_block, raw)
        if isinstance(field, RichTextField):
            return to_html(raw or "")
        if isinstance(field, models.DateTimeField):
            return self.moment(raw)
        if isinstance(field, models.DateField):
            return self.date(raw)
        if isinstance(field, models.ForeignKey):
            return self.related(field.related_model, raw)
        return raw if raw is not None else field.get_default()

    def related(self, model: type[models.Model], raw: Any) -> models.Model | None:
        """The row that a slug or a file's name means. Raises ContentError if there is none."""
        if raw in (None, ""):
            return None
        if issubclass(model, PortalImage):
            return self.image(str(raw))
        lookup = {"slug": str(raw).strip("/").rsplit("/", 1)[-1]}
        if issubclass(model, Page):
            lookup["locale__language_code"] = "vi"
        row = model._default_manager.filter(**lookup).first()
        if row is None:
            raise ContentError(_("%(file)s: không có %(kind)s “%(value)s”.") % {"file": self.where, "kind": model._meta.verbose_name, "value": raw})
        return row

    def image(self, name: str) -> PortalImage:
        """The picture of that file name in the room's folder. Raises ContentError if there is no file."""
        return picture_of(self.pictures / Path(name).name, self.where)

    def stream(self, block: blocks.StreamBlock, raw: Any) -> blocks.StreamValue:
        """A StreamField value, checked as the editor's form would. Raises ContentError with the first fault."""
        if isinstance(raw, str):
            entries = to_blocks(raw, self.where)
        else:
            only = next(iter(block.child_blocks)) if len(block.child_blocks) == 1 else None
            entries = [entry if only is None else {"type": only, "value": entry} for entry in self._list(raw)]
        value = block.to_python([self._entry(block, entry, str(number)) for number, entry in enumerate(entries)])
        try:
            return block.clean(value)
        except blocks.StreamBlockValidationError as error:
            raise ContentError(_("%(file)s: %(error)s") % {"file": self.where, "error": _faults(error)}) from error

    def _entry(self, block: blocks.StreamBlock, entry: Any, path: str) -> dict[str, Any]:
        if not isinstance(entry, dict) or set(entry) != {"type", "value"}:
            raise ContentError(_("%(file)s: khối thứ %(path)s phải có hai dòng type và value.") % {"file": self.where, "path": int(path) + 1})
        child = block.child_blocks.get(entry["type"])
        if child is None:
            raise ContentError(_("%(file)s: không có loại khối “%(block)s”.") % {"file": self.where, "block": entry["type"]})
        return {"type": entry["type"], "value": self._raw(child, entry["value"], f"{path}/{entry['type']}"), "id": self._id(path)}

    def _list(self, raw: Any) -> list[Any]:
        """The entries of a YAML list; nothing is an empty one. Raises ContentError for anything else."""
        if raw is not None and not isinstance(raw, list):
            raise ContentError(_("%(file)s: chỗ này cần các dòng bắt đầu bằng “- ”, không phải “%(value)s”.") % {"file": self.where, "value": str(raw)[:60]})
        return raw or []

    def _number(self, raw: Any) -> str:
        try:
            return str(Decimal(str(raw)))
        except InvalidOperation as error:
            raise ContentError(_("%(file)s: “%(value)s” không phải con số. Viết 18.5, không viết 18,5.") % {"file": self.where, "value": raw}) from error

    def _raw(self, block: blocks.Block, value: Any, path: str) -> Any:
        """What the database would hold for this block."""
        simple: list[tuple[type[blocks.Block], Callable[[Any], Any]]] = [
            (blocks.RichTextBlock, lambda raw: raw if str(raw).startswith("<") else to_html(raw or "")),
            (blocks.DateBlock, lambda raw: found.isoformat() if (found := self.date(raw)) else None),
            (blocks.DecimalBlock, self._number),
            (ImageChooserBlock, lambda raw: self.image(raw).pk if raw else None),
            (SnippetChooserBlock, lambda raw: row.pk if (row := self.related(block.target_model, raw)) else None),
            (blocks.PageChooserBlock, lambda raw: row.pk if (row := self.related(Page, raw)) else None),
            (DocumentChooserBlock, lambda raw: None),
        ]
        if isinstance(block, blocks.StructBlock):
            return self._struct(block, value, path)
        if isinstance(block, blocks.ListBlock):
            return [
                {"type": "item", "value": self._raw(block.child_block, item, f"{path}/{number}"), "id": self._id(f"{path}/{number}")}
                for number, item in enumerate(self._list(value))
            ]
        for kind, convert in simple:
            if isinstance(block, kind):
                return convert(value)
        return value

    def _struct(self, block: blocks.StructBlock, value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ContentError(_("%(file)s: khối “%(block)s” phải gồm các dòng “khóa: giá trị”.") % {"file": self.where, "block": block.label})
        unknown = set(value) - set(block.child_blocks)
        if unknown:
            raise ContentError(_("%(file)s: khối không có ô “%(names)s”.") % {"file": self.where, "names": ", ".join(sorted(map(str, unknown)))})
        return {name: self._raw(child, value[name], f"{path}/{name}") for name, child in block.child_blocks.items() if name in value}

    def _id(self, path: str) -> str:
        """The same block of the same file has the same id at every load."""
        return str(uuid.uuid5(_NAMESPACE, f"{self.where}#{path}"))


def _faults(error: Any) -> str:
    """The first messages inside nested block errors, flat."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            for value in part.values():
                walk(value)
        elif isinstance(part, (list, tuple)):
            for value in part:
                walk(value)
        elif hasattr(part, "block_errors"):
            walk(part.block_errors)
        elif hasattr(part, "messages"):
            found.extend(part.messages)
        elif part:
            found.append(str(part))

    walk(error.block_errors)
    return "; ".join(found[:3]) or str(error)
