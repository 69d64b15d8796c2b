"""Panels of this room."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.panels import FieldPanel


class DoubtsPanel(FieldPanel):
    """What the import found odd in a clause, to read: the words, then why. Never a field to type in."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs | {"read_only": True})

    def format_value_for_display(self, value: list[dict[str, str]]) -> SafeString | str:
        return format_html_join("", "<p><mark>{}</mark> {}</p>", ((doubt["words"], doubt["explanation"]) for doubt in value)) or "–"
