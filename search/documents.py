"""From an object to its document: values for the columns of its index, tokens made here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from modelsearch.index import AutocompleteField, FilterField, RelatedFields, SearchField

from core.vietnamese import normalise

from .analysis import VIETNAMESE, streams
from .columns import ACCENTED, FOLDED, KEY, NUMBER, PAIRS, STARTS, TEXT, TYPES, Form, Mapping, Part, has_whole_key, spec_for, value_in

Document = dict[str, Any]
# The longest beginning that autocomplete keeps of a word.
LONGEST_START = 15
# Texts beyond this are not searched: a table of a million cells must not stop an index.
LONGEST_TEXT = 400_000
# Of a text that is kept for snippets.
LONGEST_KEPT = 10_000

# Stands in a part without words, and is none: Lucene counts only documents that have the column, tantivy all. With it both count alike.
NO_WORDS = "∅"

# Objects of one model → further texts by part, and further values by column, in the order of the objects.
Extra = Callable[[Sequence[Any]], list[tuple[dict[Part, str], Document]]]
_extras: list[tuple[type[models.Model], Extra]] = []
_languages: dict[Any, str] = {}


def extend(model: type[models.Model], extra: Extra) -> None:
    """Add to the documents of a model and of what descends from it."""
    _extras.append((model, extra))


def documents_of(model: type[models.Model], objects: Sequence[Any]) -> list[Document]:
    """The documents of some objects of one model. A constant number of queries beside what their fields cost."""
    objects = list(objects)
    found = [extra(objects) for base, extra in _extras if issubclass(model, base)]
    return [_document(object_, [more[place] for more in found]) for place, object_ in enumerate(objects)]


def language_of(object_: Any) -> str:
    """The language in which an object's texts are written: its locale's, else Vietnamese."""
    locale_id = getattr(object_, "locale_id", None)
    if locale_id is None:
        return VIETNAMESE
    if locale_id not in _languages:
        _languages[locale_id] = object_.locale.language_code
    return _languages[locale_id]


def key_of(object_: models.Model) -> str:
    """What names the object's document in its index."""
    return str(object_.pk)


def _document(object_: Any, extras: list[tuple[dict[Part, str], Document]]) -> Document:
    mapping = Mapping(type(object_))
    language = language_of(object_)
    spec = spec_for(type(object_))
    forms = spec.columns
    document: Document = {KEY: key_of(object_), TYPES: mapping.get_all_content_types()}
    if has_whole_key(type(object_)):
        document[NUMBER] = object_.pk
    parts: dict[str, list[str]] = defaultdict(list)
    kept: list[str] = []
    starts: list[str] = []
    for field in type(object_).get_search_fields():
        if isinstance(field, RelatedFields):
            _add_related(field, object_, mapping, mapping, parts, starts)
            continue
        value = field.get_value(object_)
        column = mapping.column_of(field)
        if isinstance(field, FilterField):
            values = [value_in(forms[column], entry) for entry in _filter_values(value)]
            document[column] = [entry for entry in values if entry is not None]
        elif isinstance(field, AutocompleteField):
            beginnings = beginnings_of(_text(value), language)
            document[column] = beginnings
            starts.append(beginnings)
        elif isinstance(field, SearchField):
            text = _text(value)
            parts[mapping.part_of(field).column].append(text)
            if field.field_name != "title":
                kept.append(text)
            _add_streams(document, column, text, language, pairs=False)
    for texts, values in extras:
        document |= values
        for part, text in texts.items():
            parts[part.column].append(text)
            if part.is_kept:
                kept.append(text)
    for column, texts in parts.items():
        _add_streams(document, column, " \n ".join(texts), language, pairs=True)
    for part in spec.parts:
        for stream in (ACCENTED, FOLDED, PAIRS):
            document[f"{part.column}{stream}"] = document.get(f"{part.column}{stream}") or NO_WORDS
    document[STARTS] = " ".join(starts)
    if TEXT in forms:
        document[TEXT] = normalise(" \n ".join(filter(None, kept)))[:LONGEST_KEPT]
    return {column: value for column, value in document.items() if value not in (None, "", [])}


def _add_streams(document: Document, column: str, text: str, language: str, *, pairs: bool) -> None:
    found = streams(text, language)
    document[f"{column}{ACCENTED}"] = found.accented
    document[f"{column}{FOLDED}"] = found.folded
    if pairs:
        document[f"{column}{PAIRS}"] = found.pairs


def _add_related(field: RelatedFields, object_: Any, owner: Mapping, root: Mapping, parts: dict[str, list[str]], starts: list[str]) -> None:
    """Texts of related objects: into the parts of the document, and what is completed among its beginnings."""
    value = field.get_value(object_)
    if value is None:
        return
    language = language_of(object_)
    related = value.all() if isinstance(value, (models.Manager, models.QuerySet)) else [value]
    for other in related:
        mapping = Mapping(type(other))
        for inner in field.fields:
            if isinstance(inner, RelatedFields):
                _add_related(inner, other, mapping, root, parts, starts)
            elif isinstance(inner, SearchField):
                parts[root.related_part(inner).column].append(_text(inner.get_value(other)))
            elif isinstance(inner, AutocompleteField):
                starts.append(beginnings_of(_text(inner.get_value(other)), language))


def beginnings_of(text: str, language: str = VIETNAMESE) -> str:
    """Every beginning of every word, without accents: what autocomplete matches."""
    words = dict.fromkeys(streams(text).folded.split())
    return " ".join(word[:length] for word in words for length in range(1, min(len(word), LONGEST_START) + 1))


def _filter_values(value: Any) -> Iterable[Any]:
    if isinstance(value, models.Manager):
        return value.values_list("pk", flat=True)
    if isinstance(value, models.QuerySet):
        return value.values_list("pk", flat=True)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [entry.pk if isinstance(entry, models.Model) else entry for entry in value]
    return [value.pk if isinstance(value, models.Model) else value]


def _text(value: Any) -> str:
    """A field's value as plain text: blocks give lists of strings, rich text comes without its tags."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " \n ".join(_text(entry) for entry in value)
    text = str(value)[:LONGEST_TEXT]
    return strip_tags(text) if "<" in text and "</" in text else text


def forms_of(document: Document, columns: dict[str, Form]) -> Iterable[tuple[str, Form, Any]]:
    """The document's values one by one, each with its column and form."""
    for column, value in document.items():
        form = columns[column]
        for entry in value if isinstance(value, list) else [value]:
            yield column, form, entry
