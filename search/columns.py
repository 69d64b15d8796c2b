"""The columns of an index: what a model's `search_fields` become, named and typed alike for both engines."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from modelsearch.backends.base import get_model_root
from modelsearch.backends.elasticsearchbase import ElasticsearchBaseMapping
from modelsearch.index import AutocompleteField, BaseField, FilterField, Indexed, RelatedFields, SearchField, get_indexed_models

# Columns that every index has.
KEY, NUMBER, TYPES, STARTS, TEXT = "key", "number", "types", "starts", "text"
# Streams of a text column: accented syllables, folded syllables, folded pairs.
ACCENTED, FOLDED, PAIRS = "_s", "_f", "_p"
DAY = dt.timedelta(days=1)
_EPOCH_TIME = dt.date(1970, 1, 1)


class Form(Enum):
    """What a column holds: exact keys, numbers, moments, yes or no; tokens with positions, tokens without; text that is only kept."""

    KEY = "key"
    WHOLE = "whole"
    REAL = "real"
    MOMENT = "moment"
    TRUTH = "truth"
    WORDS = "words"
    BAG = "bag"
    STORED = "stored"


_FORMS = {"integer": Form.WHOLE, "long": Form.WHOLE, "double": Form.REAL, "boolean": Form.TRUTH, "date": Form.MOMENT}


@dataclass(frozen=True, slots=True)
class Part:
    """Texts of one weight, searched together: their columns begin with `name`."""

    name: str
    weight: float
    # Whether its text is shown in snippets; names of topics are not the page's own words.
    is_kept: bool = dataclasses.field(default=True, compare=False)

    @property
    def column(self) -> str:
        return f"part_{self.name}"


@dataclass(frozen=True, slots=True)
class Spec:
    """An index: its name and its columns. `extra` is what a room adds for a root model (see `search.site_documents`)."""

    name: str
    columns: dict[str, Form]
    parts: tuple[Part, ...]

    @property
    def fingerprint(self) -> str:
        """Changes when the columns do: an index made by an older version says so."""
        return ";".join(f"{name}:{form.value}" for name, form in sorted(self.columns.items()))


def text_columns(name: str, *, pairs: bool) -> dict[str, Form]:
    """The streams of one text. Only accented syllables keep positions: phrases without accents are pairs."""
    streams = {f"{name}{ACCENTED}": Form.WORDS, f"{name}{FOLDED}": Form.BAG}
    return streams | {f"{name}{PAIRS}": Form.BAG} if pairs else streams


class Mapping(ElasticsearchBaseMapping):
    """Column names are modelsearch's; types are ours, so that both engines filter and sort alike."""

    # A time of day as microseconds: ranges work in both engines.
    type_map: ClassVar[dict[str, str]] = ElasticsearchBaseMapping.type_map | {"TimeField": "long", "DurationField": "long"}
    # Parts that the site weighs by name; everywhere else a part is what shares a boost.
    named_parts: ClassVar[dict[str, tuple[str, ...]]] = {"wagtailcore.page": ("title", "summary")}

    def form_of(self, field: BaseField) -> Form:
        """What a filter field holds."""
        return _FORMS.get(self.type_map.get(field.get_type(self.model), "string"), Form.KEY)

    def part_of(self, field: SearchField) -> Part:
        """The part to which a text belongs."""
        boost = float(field.boost or 1)
        if field.field_name in self.named_parts.get(get_model_root(self.model)._meta.label_lower, ()):
            return Part(field.field_name, boost)
        return Part(f"b{boost:g}".replace(".", "_"), boost)

    def column_of(self, field: BaseField | RelatedFields) -> str:
        """modelsearch's name of the field's column; a related model's field is prefixed by its relation."""
        return self.get_field_column_name(field)

    def own_columns(self) -> dict[str, Form]:
        """Columns of this model's fields. Related objects' texts go into the parts, their filters are asked of the database."""
        columns: dict[str, Form] = {}
        for field in self.model.get_search_fields():
            if isinstance(field, FilterField):
                columns[self.column_of(field)] = self.form_of(field)
            elif isinstance(field, AutocompleteField):
                columns[self.column_of(field)] = Form.BAG
            elif isinstance(field, SearchField):
                columns |= text_columns(self.column_of(field), pairs=False)
        return columns

    def parts(self) -> set[Part]:
        """The parts that this model's texts, related ones included, fall into."""
        found: set[Part] = set()
        for mapping, field in self.search_fields():
            found.add(mapping.part_of(field) if mapping is self else self.related_part(field))
        return found

    def related_part(self, field: SearchField) -> Part:
        """A related object's text is weighed by its boost alone: its title is not this document's title."""
        boost = float(field.boost or 1)
        return Part(f"b{boost:g}".replace(".", "_"), boost)

    def search_fields(self) -> Iterable[tuple[Mapping, SearchField]]:
        """Every SearchField, those of related models too, each with the mapping of its model."""
        yield from _search_fields(self, self.model.get_search_fields())


def _search_fields(mapping: Mapping, fields: Iterable[Any]) -> Iterable[tuple[Mapping, SearchField]]:
    for field in fields:
        if isinstance(field, SearchField):
            yield mapping, field
        elif isinstance(field, RelatedFields):
            related = Mapping(field.get_field(mapping.model).related_model)
            yield from _search_fields(related, field.fields)


_extra_columns: dict[str, dict[str, Form]] = {}
_extra_parts: dict[str, tuple[Part, ...]] = {}


def add_columns(root: type[models.Model], columns: dict[str, Form], parts: tuple[Part, ...]) -> None:
    """Give the index of a root model further columns and parts, before the first use of the index."""
    _extra_columns[root._meta.label_lower] = columns
    _extra_parts[root._meta.label_lower] = parts
    spec_of.cache_clear()


@cache
def spec_of(root: type[models.Model]) -> Spec:
    """The index of a root model: one for all models that descend from it."""
    label = root._meta.label_lower
    columns = {KEY: Form.KEY, TYPES: Form.KEY, STARTS: Form.BAG}
    if has_whole_key(root):
        columns[NUMBER] = Form.WHOLE
    parts: set[Part] = set(_extra_parts.get(label, ()))
    for model in get_indexed_models():
        if get_model_root(model) is root:
            columns |= Mapping(model).own_columns()
            parts |= Mapping(model).parts()
    for part in parts:
        columns |= text_columns(part.column, pairs=True)
    name = f"{root._meta.app_label}_{root._meta.model_name}".lower()
    return Spec(name, columns | _extra_columns.get(label, {}), tuple(sorted(parts, key=lambda part: part.name)))


def spec_for(model: type[Indexed]) -> Spec:
    """The index that holds a model."""
    return spec_of(get_model_root(model))


def has_whole_key(model: type[models.Model]) -> bool:
    """Whether primary keys are whole numbers: then they are compared as such."""
    pk = get_model_root(model)._meta.pk
    return isinstance(pk, (models.IntegerField, models.AutoField))


def value_in(form: Form, value: Any) -> Any:
    """A Python value as the column holds it. Raises ValueError or TypeError for one that it cannot hold."""
    if value is None:
        return None
    if form is Form.TRUTH:
        return bool(value)
    if form is Form.MOMENT:
        return _moment(value)
    if form is Form.REAL:
        return float(value)
    if form is Form.WHOLE:
        if isinstance(value, dt.time):
            value = dt.datetime.combine(_EPOCH_TIME, value) - dt.datetime.combine(_EPOCH_TIME, dt.time())
        if isinstance(value, dt.timedelta):
            return value // dt.timedelta(microseconds=1)
        return int(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _moment(value: Any) -> dt.datetime:
    """A day is its midnight in UTC; a moment without zone is in the current one."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    if isinstance(value, dt.datetime):
        aware = value if timezone.is_aware(value) else timezone.make_aware(value)
        return aware.astimezone(dt.UTC)
    return dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
