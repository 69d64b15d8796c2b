"""What a search through modelsearch gives: objects of the database in the engine's order; titles when the engine is down."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Count, Q
from modelsearch import query as words
from modelsearch.backends.base import BaseSearchResults, FilterFieldError
from modelsearch.index import FilterField

from core.vietnamese import fold, slugify

from .columns import Form
from .compiling import TreeCompiler
from .engine import Engine, EngineDown, Sort

logger = logging.getLogger(__name__)

# More keys than this are not given to one SQL statement.
MOST_KEYS = 5_000
# Columns in which titles are looked for while the engine is down, the first two that a model has.
TITLES = ("folded", "title", "name", "slug")


class EngineResults(BaseSearchResults):
    """Lazy results over an engine. An engine that is down is logged and the database is asked for titles."""

    supports_facet = True
    query_compiler: TreeCompiler

    @property
    def engine(self) -> Engine:
        return self.backend.engine

    def _do_search(self) -> Iterator[Any]:
        try:
            return iter(self._from_engine())
        except EngineDown as error:
            return iter(list(self._titles(error)[self.start : self.stop]))

    def _from_engine(self) -> list[Any]:
        compiler = self.query_compiler
        spec, query = compiler.spec, compiler.tree()
        sort = self._sort()
        if compiler.order_by_relevance or sort is not None:
            size = self.engine.count(spec, query) - self.start if self.stop is None else self.stop - self.start
            if size <= 0:
                return []
            found = self.engine.find(spec, query, start=self.start, size=size, sort=sort)
            return self._objects([hit.key for hit in found.hits], {hit.key: hit.score for hit in found.hits})
        return self._in_database_order(self.engine.keys(spec, query))

    def _sort(self) -> Sort | None:
        """The engine's own order, where it is by one number or moment that every object has."""
        compiler = self.query_compiler
        order = compiler.queryset.query.order_by
        if compiler.order_by_relevance or len(order) != 1 or not isinstance(order[0], str):
            return None
        name = order[0].lstrip("-")
        try:
            field = compiler.queryset.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        filter_field = compiler._get_filterable_field(getattr(field, "attname", name))
        if filter_field is None or getattr(field, "null", True):
            return None
        column = compiler.mapping.column_of(filter_field)
        if compiler.spec.columns[column] not in (Form.WHOLE, Form.REAL, Form.MOMENT):
            return None
        return Sort(column, order[0].startswith("-"))

    def _in_database_order(self, keys: list[str]) -> list[Any]:
        """An order by several columns, or by text: the database's."""
        queryset = self.query_compiler.queryset
        ordered = queryset if queryset.ordered else queryset.order_by("-pk")
        if len(keys) <= MOST_KEYS:
            return list(ordered.filter(pk__in=keys)[self.start : self.stop])
        wanted = set(keys)
        stop = self.stop if self.stop is not None else len(keys)
        chosen: list[str] = []
        for key in ordered.values_list("pk", flat=True).iterator(chunk_size=2_000):
            if len(chosen) >= stop:
                break
            if str(key) in wanted:
                chosen.append(str(key))
        return self._objects(chosen[self.start :], {})

    def _objects(self, keys: list[str], scores: dict[str, float]) -> list[Any]:
        """The objects of these keys, in that order; what the database has no more is left out."""
        queryset = self.query_compiler.queryset
        found: dict[str, Any] = {}
        for begin in range(0, len(keys), MOST_KEYS):
            for object_ in queryset.order_by().filter(pk__in=keys[begin : begin + MOST_KEYS]):
                found[str(object_.pk)] = object_
        for key, object_ in found.items():
            if self._score_field:
                setattr(object_, self._score_field, scores.get(key))
        return [found[key] for key in keys if key in found]

    def _do_count(self) -> int:
        try:
            count = self.engine.count(self.query_compiler.spec, self.query_compiler.tree())
        except EngineDown as error:
            count = self._titles(error).count()
        count -= self.start
        return max(0, count if self.stop is None else min(count, self.stop - self.start))

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """Values of a filter field among all that was found, the most frequent first; None for those without."""
        compiler = self.query_compiler
        field = compiler._get_filterable_field(field_name)
        if field is None:
            model = compiler.queryset.model.__name__
            message = f"Cannot facet search results with field \"{field_name}\". Please add index.FilterField('{field_name}') to {model}.search_fields."
            raise FilterFieldError(message, field_name=field_name)
        column = compiler.mapping.column_of(field)
        try:
            counted = self.engine.facets(compiler.spec, compiler.tree(), [column])[column]
        except EngineDown as error:
            rows = self._titles(error).order_by().values_list(field_name).annotate(count=Count("pk", distinct=True))
            return OrderedDict(sorted(rows, key=lambda row: -row[1]))
        values = {_value_of(field, compiler.queryset.model, value): count for value, count in counted.items()}
        return OrderedDict(sorted(values.items(), key=lambda entry: -entry[1]))

    def _titles(self, error: EngineDown) -> models.QuerySet[Any]:
        """What the database finds by its titles alone."""
        logger.warning("Máy tìm %s không trả lời (%r); tìm theo tên trong cơ sở dữ liệu.", self.engine.name, error)
        queryset = self.query_compiler.queryset
        condition = Q()
        for text in _texts(self.query_compiler.query):
            for word in text.split()[:20]:
                condition &= _word_in_titles(queryset.model, word)
        return queryset.filter(condition)


def _value_of(field: FilterField, model: type[models.Model], value: Any) -> Any:
    """A facet's value as the database has it."""
    try:
        target = field.get_field(model)
        while getattr(target, "target_field", None) is not None and target.is_relation:
            target = target.target_field
        return value if value is None else target.to_python(value)
    except Exception:  # a callable of the model, or a type that reads nothing: the engine's own value
        return value


def _texts(query: words.SearchQuery) -> Iterable[str]:
    if isinstance(query, (words.PlainText, words.Phrase, words.Fuzzy)):
        yield query.query_string
    elif isinstance(query, (words.And, words.Or)):
        for part in query.subqueries:
            yield from _texts(part)
    elif isinstance(query, words.Boost):
        yield from _texts(query.subquery)


def _word_in_titles(model: type[models.Model], word: str) -> Q:
    """Rows with the word in a title; a slug and a folded column also match without accents."""
    names = {field.name for field in model._meta.get_fields()}
    condition = Q()
    for name in TITLES:
        if name in names:
            sought = fold(word) if name == "folded" else slugify(word) if name == "slug" else word
            if sought:
                condition |= Q(**{f"{name}__contains" if name in ("folded", "slug") else f"{name}__icontains": sought})
    return condition
