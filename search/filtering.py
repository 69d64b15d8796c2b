"""A queryset's filters as a tree; what an index cannot answer exactly is asked of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Subquery
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup
from django.db.models.sql import Query
from django.db.models.sql.constants import MULTI
from django.db.models.sql.where import NothingNode, WhereNode
from django.utils import timezone
from modelsearch.backends.base import FilterError
from modelsearch.index import FilterField

from . import tree
from .columns import DAY, KEY, NUMBER, Form, Mapping, Spec, has_whole_key, value_in

COMPARISONS = {"gt": (False, None), "gte": (True, None), "lt": (None, False), "lte": (None, True)}


class AskDatabase(Exception):
    """An index cannot answer this filter exactly."""


class FilterCompiler:
    """The part of a query compiler that knows filters. Primary keys can always be filtered; modelsearch's own drops them on child models."""

    queryset: models.QuerySet[Any]
    mapping: Mapping
    spec: Spec

    def filters(self) -> list[tree.Query]:
        """What the queryset asks, as parts of a tree. One query to the database where an index has no exact answer."""
        if self.queryset.query.is_sliced:
            return [self._these_keys(list(self.queryset.values_list("pk", flat=True)))]
        try:
            compiled = self._get_filters_from_queryset()  # type: ignore[attr-defined]
        except AskDatabase:
            keys = self.queryset.order_by().values_list("pk", flat=True)
            return [self._these_keys(list(keys))]
        return [compiled] if compiled is not None else []

    def _get_filters_from_where_node(self, where_node: Any, check_only: bool = False) -> Any:
        """As modelsearch's, which ignores keys of child models and refuses conditions that are no lookup of a column."""
        if isinstance(where_node, (WhereNode, NothingNode)):
            return super()._get_filters_from_where_node(where_node, check_only=check_only)  # type: ignore[misc]
        left = getattr(where_node, "lhs", None)
        if isinstance(left, Col) and self._is_key(left):
            return None if check_only else self._key_filter(where_node.lookup_name, where_node.rhs)
        if not isinstance(where_node, Lookup) or (not isinstance(left, Col) and not hasattr(left, "lookup_name")):
            # Exists(…) and other expressions: the database knows.
            if check_only:
                return None
            raise AskDatabase
        return super()._get_filters_from_where_node(where_node, check_only=check_only)  # type: ignore[misc]

    def _is_key(self, column: Col) -> bool:
        """Whether the column is the primary key of the model itself or of one that it extends."""
        if not column.target.primary_key or column.target.model not in (self.queryset.model, *self.queryset.model._meta.get_parent_list()):
            return False
        alias = column.alias
        while (table := self.queryset.query.alias_map[alias]).parent_alias is not None:
            join = table.join_field
            if not (join.one_to_one and getattr(join.remote_field, "parent_link", False)):
                return False
            alias = table.parent_alias
        return True

    def _key_filter(self, lookup: str, value: Any) -> tree.Query:
        if lookup in ("exact", "in"):
            return self._these_keys(self._values(value) if lookup == "in" else self._values(value)[:1])
        if lookup == "isnull":
            return tree.Nothing() if value else tree.All()
        if has_whole_key(self.queryset.model) and lookup in (*COMPARISONS, "range"):
            return _compare(NUMBER, Form.WHOLE, lookup, self._plain(value))
        raise AskDatabase

    def _these_keys(self, keys: list[Any]) -> tree.Query:
        keys = [getattr(key, "pk", key) for key in keys if key is not None]
        if has_whole_key(self.queryset.model):
            return tree.OneOf(NUMBER, [int(key) for key in keys])
        return tree.OneOf(KEY, [str(key) for key in keys])

    def _process_filter(self, column: Any, lookup: str, value: Any, check_only: bool = False) -> Any:
        if isinstance(column, Col) and self._is_key(column):
            return None if check_only else self._key_filter(lookup, value)
        return super()._process_filter(column, lookup, value, check_only=check_only)  # type: ignore[misc]

    def _process_lookup(self, field_path: list[Any], lookup: str, value: Any) -> tree.Query | None:
        """One lookup. None for one that no engine has: modelsearch raises FilterError."""
        field = field_path[-1]
        if lookup not in ("exact", "in", "isnull", "startswith", "prefix", "range", *COMPARISONS):
            return None
        if len(field_path) > 1 or not isinstance(field, FilterField):
            # Two conditions on one related object need that object: the database has it.
            raise AskDatabase
        column = self.mapping.column_of(field)
        form = self.spec.columns[column]
        if lookup == "isnull":
            present = tree.Present(column)
            return tree.Every(excluded=[present]) if value else present
        if lookup in ("startswith", "prefix"):
            if form is not Form.KEY:
                raise AskDatabase
            return tree.StartsWith(column, str(self._plain(value)))
        try:
            if lookup in ("exact", "in"):
                values = self._values(value)
                if lookup == "exact":
                    values = values[:1]
                if form is Form.MOMENT and any(isinstance(entry, dt.datetime) for entry in values) and not _is_moment(field, self.queryset.model):
                    raise AskDatabase
                return tree.OneOf(column, [self._in_column(field, form, entry) for entry in values if entry is not None])
            if form is Form.KEY:
                # tantivy has no ranges of text.
                raise AskDatabase
            plain = self._plain(value)
            converted = [self._in_column(field, form, entry) for entry in plain] if lookup == "range" else self._in_column(field, form, plain)
            return _compare(column, form, lookup, converted)
        except (TypeError, ValueError) as error:
            raise AskDatabase from error

    def _in_column(self, field: FilterField, form: Form, value: Any) -> Any:
        """The value as the column has it; a day compared with moments begins at its midnight here, not in UTC."""
        if form is Form.MOMENT and isinstance(value, dt.date) and not isinstance(value, dt.datetime) and _is_moment(field, self.queryset.model):
            value = timezone.make_aware(dt.datetime.combine(value, dt.time()))
        return value_in(form, value)

    def _plain(self, value: Any) -> Any:
        """A literal value. Raises AskDatabase for an expression."""
        if hasattr(value, "resolve_expression") or hasattr(value, "as_sql"):
            raise AskDatabase
        return value

    def _values(self, value: Any) -> list[Any]:
        """The values of a lookup; those of a subquery are fetched."""
        if isinstance(value, (Query, Subquery)):
            query = value.query if isinstance(value, Subquery) else value
            found = query.get_compiler(self.queryset._db or DEFAULT_DB_ALIAS).execute_sql(result_type=MULTI)
            return [row[0] for chunk in found or [] for row in chunk]
        if hasattr(value, "resolve_expression"):
            raise AskDatabase
        if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
            return list(value)
        return [value]

    def _process_match_none(self) -> tree.Query:
        return tree.Nothing()

    def _connect_filters(self, filters: list[tree.Query], connector: str, negated: bool) -> tree.Query | None:
        if not filters:
            return None
        if connector not in ("AND", "OR"):
            raise AskDatabase
        joined = filters[0] if len(filters) == 1 else tree.Every(filters=filters) if connector == "AND" else tree.Either(filters)
        return tree.Every(excluded=[joined]) if negated else joined


def _is_moment(field: FilterField, model: type[models.Model]) -> bool:
    return field.get_type(model) == "DateTimeField"


def _compare(column: str, form: Form, lookup: str, value: Any) -> tree.Query:
    if lookup == "range":
        low, high = value
        return tree.Between(column, low, high)
    with_low, with_high = COMPARISONS[lookup]
    if with_low is not None:
        return tree.Between(column, low=value, with_low=with_low)
    return tree.Between(column, high=value, with_high=bool(with_high))


__all__ = ["DAY", "AskDatabase", "FilterCompiler", "FilterError"]
