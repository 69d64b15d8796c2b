"""What an example in YAML can say beside plain values: rich text, a picture, a form field.

text: !rich "<p>Đeo <b>găng tay</b>.</p>"
lead_image: !picture hills 960x540
field: !field {name: ho-ten, kind: text, label: Họ và tên, value: Nông, errors: [Xin ghi đủ họ và tên.]}
"""

from __future__ import annotations

from typing import Any

import yaml
from django import forms
from django.templatetags.static import static
from wagtail.rich_text import RichText

KINDS: dict[str, type[forms.Field]] = {
    "text": forms.CharField,
    "long": forms.CharField,
    "choice": forms.ChoiceField,
    "check": forms.BooleanField,
    "radio": forms.ChoiceField,
}
WIDGETS: dict[str, type[forms.Widget]] = {"long": forms.Textarea, "radio": forms.RadioSelect}


class SampleFile:
    """Where a drawing of the guide lies."""

    def __init__(self, name: str) -> None:
        self.url = static(f"styleguide/{name}.svg")


class SamplePicture:
    """A drawing of the guide, as core.pictures.describe takes a picture of the library."""

    def __init__(self, name: str, size: str) -> None:
        self.file = SampleFile(name)
        self.width, self.height = (int(side) for side in size.split("x"))

    @property
    def url(self) -> str:
        return self.file.url

    def is_svg(self) -> bool:
        """A drawing is shown as it is."""
        return True


class ExampleForm(forms.Form):
    """A form of one field that has been sent, with the faults that the example names."""

    def __init__(self, kind: str, name: str, errors: list[str], value: Any, **options: Any) -> None:
        super().__init__({name: value} if value is not None or errors else None, auto_id="vi-du-%s")
        if kind in WIDGETS:
            options["widget"] = WIDGETS[kind]
        self.fields[name] = KINDS[kind](**options)
        # What the field itself would say is replaced by what the example says.
        self._errors = forms.utils.ErrorDict()
        if errors:
            self._errors[name] = self.error_class(errors, renderer=self.renderer, field_id=self[name].auto_id)


class ExampleLoader(yaml.SafeLoader):
    """Plain YAML and the three tags of this module."""


def _rich(loader: ExampleLoader, node: Any) -> RichText:
    return RichText(loader.construct_scalar(node))


def _picture(loader: ExampleLoader, node: Any) -> SamplePicture:
    return SamplePicture(*str(loader.construct_scalar(node)).split())


def _field(loader: ExampleLoader, node: Any) -> forms.BoundField:
    said: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    name, choices = said.pop("name"), said.pop("choices", None)
    options = {"choices": [(choice, choice) for choice in choices]} if choices else {}
    return ExampleForm(said.pop("kind"), name, said.pop("errors", []), said.pop("value", None), help_text=said.pop("help", ""), **options, **said)[name]


ExampleLoader.add_constructor("!rich", _rich)
ExampleLoader.add_constructor("!picture", _picture)
ExampleLoader.add_constructor("!field", _field)
