"""The tree of a query as tantivy's own."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from tantivy import FieldType, Occur, Query, Schema

from search import tree
from search.columns import Form

_TYPES = {Form.WHOLE: FieldType.Integer, Form.REAL: FieldType.Float, Form.MOMENT: FieldType.Date, Form.TRUTH: FieldType.Boolean}
# tantivy keeps 64-bit numbers; what is beyond matches nothing, or everything.
LEAST, MOST = -(2**63), 2**63 - 1


class Renderer:
    """Renders trees for one index."""

    def __init__(self, schema: Schema, columns: dict[str, Form]) -> None:
        self.schema = schema
        self.columns = columns

    def render(self, query: tree.Query) -> Query:
        """tantivy's query. Raises KeyError for a column that the index has not."""
        return getattr(self, f"_{type(query).__name__.lower()}")(query)

    def _all(self, query: tree.All) -> Query:
        return Query.all_query()

    def _nothing(self, query: tree.Nothing) -> Query:
        return Query.empty_query()

    def _term(self, query: tree.Term) -> Query:
        form = self.columns[query.column]
        if not _fits(form, query.value):
            return Query.empty_query()
        if form not in (Form.WORDS, Form.BAG):
            return Query.const_score_query(Query.term_query(self.schema, query.column, native(query.value), "basic"), 1.0)
        # A bag keeps no positions; a term query must not ask for them.
        return Query.term_query(self.schema, query.column, query.value, "position" if form is Form.WORDS else "freq")

    def _oneof(self, query: tree.OneOf) -> Query:
        form = self.columns[query.column]
        values = [native(value) for value in query.values if _fits(form, value)]
        if not values:
            return Query.empty_query()
        return Query.const_score_query(Query.term_set_query(self.schema, query.column, values), 1.0)

    def _between(self, query: tree.Between) -> Query:
        form = self.columns[query.column]
        low, high = query.low, query.high
        if form is Form.WHOLE:
            if (low is not None and low > MOST) or (high is not None and high < LEAST):
                return Query.empty_query()
            low = None if low is not None and low < LEAST else low
            high = None if high is not None and high > MOST else high
        if low is None and high is None:
            return Query.exists_query(query.column)
        return Query.range_query(
            self.schema, query.column, _TYPES[form], native(low), native(high), query.with_low or low is None, query.with_high or high is None
        )

    def _startswith(self, query: tree.StartsWith) -> Query:
        return Query.regex_query(self.schema, query.column, f"{_escaped(query.value)}.*") if query.value else Query.exists_query(query.column)

    def _present(self, query: tree.Present) -> Query:
        return Query.exists_query(query.column)

    def _phrase(self, query: tree.Phrase) -> Query:
        words: list[str | tuple[int, str]] = list(query.words)
        if len(words) == 1:
            return self._term(tree.Term(query.column, words[0]))
        return Query.phrase_query(self.schema, query.column, words, query.slop) if words else Query.empty_query()

    def _similar(self, query: tree.Similar) -> Query:
        return Query.fuzzy_term_query(self.schema, query.column, query.word, query.distance, True)

    def _either(self, query: tree.Either) -> Query:
        parts = [(Occur.Should, self.render(part)) for part in query.parts]
        if not parts:
            return Query.empty_query()
        return Query.boolean_query(parts, min(query.least, len(parts))) if query.least > 1 else Query.boolean_query(parts)

    def _best(self, query: tree.Best) -> Query:
        return Query.disjunction_max_query([self.render(part) for part in query.parts], query.others) if query.parts else Query.empty_query()

    def _every(self, query: tree.Every) -> Query:
        parts = [(Occur.Must, self.render(part)) for part in query.must]
        parts += [(Occur.Must, Query.const_score_query(self.render(part), 0.0)) for part in query.filters]
        if not parts:
            parts.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0) if query.bonus else Query.all_query()))
        parts += [(Occur.MustNot, self.render(part)) for part in query.excluded]
        parts += [(Occur.Should, self.render(part)) for part in query.bonus]
        return Query.boolean_query(parts)

    def _boosted(self, query: tree.Boosted) -> Query:
        return Query.boost_query(self.render(query.part), query.factor)

    def _constant(self, query: tree.Constant) -> Query:
        return Query.const_score_query(self.render(query.part), query.score)


def native(value: Any) -> Any:
    """A value as tantivy takes it: moments are in UTC and say no zone."""
    return value.astimezone(dt.UTC).replace(tzinfo=None) if isinstance(value, dt.datetime) and value.tzinfo else value


def _fits(form: Form, value: Any) -> bool:
    return form is not Form.WHOLE or LEAST <= value <= MOST


def _escaped(text: str) -> str:
    return re.sub(r"([^\w])", r"\\\1", text, flags=re.ASCII) if text.isascii() else re.sub(r"([.+*?()|\[\]{}^$\\#&~\-])", r"\\\1", text)
