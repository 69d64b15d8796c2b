"""The tree of a query as Elasticsearch's own, scored as tantivy scores it.

Both have BM25 with k1 1.2, b 0.75 and the factor k1 + 1 (Elasticsearch keeps it though Lucene has dropped it), so that
constants and words weigh alike.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from search import tree
from search.columns import Form

TOKENS = frozenset((Form.WORDS, Form.BAG))
# The server's own limit for one list of values is 65,536.
MOST_VALUES = 60_000

Json = dict[str, Any]


class Renderer:
    """Renders trees for one index. A boost is handed down to the leaves: scores add up, so it is the same."""

    def __init__(self, columns: dict[str, Form]) -> None:
        self.columns = columns

    def render(self, query: tree.Query, boost: float = 1.0) -> Json:
        """Elasticsearch's query. Raises KeyError for a column that the index has not."""
        return getattr(self, f"_{type(query).__name__.lower()}")(query, boost)

    def _all(self, query: tree.All, boost: float) -> Json:
        return {"match_all": {"boost": boost}}

    def _nothing(self, query: tree.Nothing, boost: float) -> Json:
        return {"match_none": {}}

    def _term(self, query: tree.Term, boost: float) -> Json:
        if self.columns[query.column] in TOKENS:
            return {"term": {query.column: {"value": query.value, "boost": boost}}}
        return _constant({"term": {query.column: {"value": plain(query.value)}}}, boost)

    def _oneof(self, query: tree.OneOf, boost: float) -> Json:
        _known(self.columns, query.column)
        values = [plain(value) for value in query.values]
        lists = [{"terms": {query.column: values[start : start + MOST_VALUES]}} for start in range(0, len(values), MOST_VALUES)]
        if not lists:
            return {"match_none": {}}
        return _constant(lists[0] if len(lists) == 1 else {"bool": {"should": lists}}, boost)

    def _between(self, query: tree.Between, boost: float) -> Json:
        _known(self.columns, query.column)
        limits: Json = {}
        if query.low is not None:
            limits["gte" if query.with_low else "gt"] = plain(query.low)
        if query.high is not None:
            limits["lte" if query.with_high else "lt"] = plain(query.high)
        return _constant({"range": {query.column: limits}} if limits else {"exists": {"field": query.column}}, boost)

    def _startswith(self, query: tree.StartsWith, boost: float) -> Json:
        _known(self.columns, query.column)
        return _constant({"prefix": {query.column: {"value": query.value}}}, boost)

    def _present(self, query: tree.Present, boost: float) -> Json:
        _known(self.columns, query.column)
        return _constant({"exists": {"field": query.column}}, boost)

    def _phrase(self, query: tree.Phrase, boost: float) -> Json:
        words = list(query.words)
        if len(words) == 1:
            return self._term(tree.Term(query.column, words[0]), boost)
        _known(self.columns, query.column)
        if not words:
            return {"match_none": {}}
        return {"match_phrase": {query.column: {"query": " ".join(words), "slop": query.slop, "boost": boost}}}

    def _similar(self, query: tree.Similar, boost: float) -> Json:
        _known(self.columns, query.column)
        return _constant({"fuzzy": {query.column: {"value": query.word, "fuzziness": query.distance, "max_expansions": 200}}}, boost)

    def _either(self, query: tree.Either, boost: float) -> Json:
        if not query.parts:
            return {"match_none": {}}
        return {"bool": {"should": [self.render(part, boost) for part in query.parts], "minimum_should_match": min(query.least, len(query.parts))}}

    def _best(self, query: tree.Best, boost: float) -> Json:
        if not query.parts:
            return {"match_none": {}}
        return {"dis_max": {"queries": [self.render(part, boost) for part in query.parts], "tie_breaker": query.others}}

    def _every(self, query: tree.Every, boost: float) -> Json:
        clauses: Json = {}
        if query.must:
            clauses["must"] = [self.render(part, boost) for part in query.must]
        if query.filters:
            clauses["filter"] = [self.render(part) for part in query.filters]
        if query.excluded:
            clauses["must_not"] = [self.render(part) for part in query.excluded]
        if query.bonus:
            clauses["should"] = [self.render(part, boost) for part in query.bonus]
            clauses["minimum_should_match"] = 0
        if not query.must and not query.filters:
            # Alone, what is excluded or adds to the score would match nothing, or everything without a score.
            clauses["must"] = [{"match_all": {"boost": 0.0 if query.bonus else boost}}]
        return {"bool": clauses}

    def _boosted(self, query: tree.Boosted, boost: float) -> Json:
        return self.render(query.part, boost * query.factor)

    def _constant(self, query: tree.Constant, boost: float) -> Json:
        return _constant(self.render(query.part), boost * query.score)


def _constant(query: Json, score: float) -> Json:
    return {"constant_score": {"filter": query, "boost": score}}


def _known(columns: dict[str, Form], column: str) -> None:
    if column not in columns:
        raise KeyError(column)


def plain(value: Any) -> Any:
    """A value as JSON takes it."""
    return value.isoformat() if isinstance(value, (dt.datetime, dt.date)) else value
