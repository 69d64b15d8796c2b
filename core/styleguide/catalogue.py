"""What the guide shows: components with their examples, read from `<room>/data/styleguide/*.yaml`.

A room shows its own components beside its other data; what all rooms share lies in core. A file is one group:

    title: Hộp báo
    order: 40
    components:
      - name: safety
        title: Hộp an toàn
        template: components/safety.html
        parts: [components/…]        partials that only show inside this one
        css: [safety]                sheets of static/css/components
        note: Khi nào dùng.
        width: page                  a column unless it needs the whole page
        wrap: ul.targets             element around an example that is no whole by itself
        base: {…}                    context that every example has
        examples:
          - title: Mặc định
            context: {…}             laid over base
            note: …
            show: hover | focus      every control in that state
            language: en             language of the interface
            template: …              another partial than the component's
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from .values import ExampleLoader

FOLDER = Path("data") / "styleguide"


class BrokenExample(Exception):
    """A file of examples cannot be read. The message names the file and what is wrong."""


@dataclass(frozen=True)
class Example:
    """One state of a component."""

    title: str
    template: str
    context: dict[str, Any]
    note: str = ""
    show: str = ""
    language: str = ""
    wrap: str = ""

    def html(self) -> SafeString:
        """The partial as it stands in a page, with this context alone."""
        with override(self.language or get_language()):
            inside = mark_safe(render_to_string(self.template, dict(self.context)))  # noqa: S308 - a template of ours
        if not self.wrap:
            return inside
        element, *classes = self.wrap.split(".")
        role = mark_safe(' role="list"') if element in {"ul", "ol"} else ""
        return format_html('<{0} class="{1}"{2}>{3}</{0}>', element, " ".join(classes), role, inside)


@dataclass(frozen=True)
class Component:
    """One component: its partial, its sheets, its states."""

    name: str
    title: str
    template: str
    css: list[str]
    examples: list[Example]
    note: str = ""
    width: str = "column"
    parts: list[str] = field(default_factory=list)

    @property
    def sheets(self) -> list[str]:
        """Its style sheets as paths below static/."""
        return [f"css/components/{name}.css" for name in self.css]


@dataclass(frozen=True)
class Group:
    """Components that stand together in the guide."""

    title: str
    order: int
    components: list[Component]


def read_group(path: Path) -> Group:
    """One file. Raises BrokenExample."""
    try:
        # ExampleLoader is a SafeLoader.
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=ExampleLoader)  # noqa: S506
        return Group(data["title"], data["order"], [_component(entry) for entry in data["components"]])
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise BrokenExample(f"{path.name}: {error}") from error


def _component(entry: dict[str, Any]) -> Component:
    base, template, wrap = entry.pop("base", {}), entry["template"], entry.pop("wrap", "")
    examples = [
        Example(**({"template": template, "wrap": wrap} | example | {"context": base | (example.get("context") or {})})) for example in entry.pop("examples")
    ]
    settings: dict[str, Any] = {"css": []} | entry
    return Component(examples=examples, **settings)


def files() -> Iterator[Path]:
    """The files of examples of every room."""
    for config in apps.get_app_configs():
        yield from sorted((Path(config.path) / FOLDER).glob("*.yaml"))


def read_groups() -> list[Group]:
    """All groups in the order of the guide. Raises BrokenExample."""
    return sorted((read_group(path) for path in files()), key=lambda group: group.order)
