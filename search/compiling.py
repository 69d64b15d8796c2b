"""modelsearch's queries as trees: words, phrases, combinations, over the parts or some fields of a model."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from modelsearch import query as words
from modelsearch.backends.base import BaseSearchQueryCompiler, OrderByFieldError

from . import tree
from .analysis import ENGLISH, Token, keys_of, tokens
from .columns import ACCENTED, FOLDED, PAIRS, STARTS, TYPES, Mapping, spec_for
from .documents import LONGEST_START
from .filtering import FilterCompiler

# Words of one query that are looked for; what comes after adds nothing but time.
MOST_WORDS = 64
# A word with its accents counts more than the same letters with others.
FOLDED_WEIGHT = 0.5
PAIR_WEIGHT = 0.5
STEM_WEIGHT = 0.5
START_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Target:
    """A text to search: the beginning of its columns' names, its weight, whether it has pairs."""

    column: str
    weight: float
    has_pairs: bool


class TreeCompiler(FilterCompiler, BaseSearchQueryCompiler):
    """Compiles whole words. All words are asked for unless the caller says "or", as the admin expects."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = Mapping(self.queryset.model)
        self.spec = spec_for(self.queryset.model)

    def tree(self) -> tree.Query:
        """The whole query: what is looked for, among what the queryset has."""
        types = tree.Term(TYPES, self.mapping.get_content_type())
        filters = [types, *self.filters()]
        return tree.Every(must=[self.compile(self.query)], filters=filters)

    def _get_order_by(self) -> Iterator[Any]:
        """As modelsearch's; the primary key can always be ordered by."""
        if self.order_by_relevance:
            return
        for name in self.queryset.query.order_by:
            key = self.queryset.model._meta.pk
            if isinstance(name, str) and name.lstrip("-") not in ("pk", key.name, key.attname):
                field = self._get_filterable_field(name.lstrip("-"))
                if field is None:
                    message = f'Cannot sort search results with field "{name.lstrip("-")}". Please add index.FilterField("{name.lstrip("-")}").'
                    raise OrderByFieldError(message, field_name=name.lstrip("-"))
                yield name.startswith("-"), field

    def targets(self) -> list[Target]:
        """What is searched: the parts, or the fields that the caller names."""
        if not self.fields:
            return [Target(part.column, part.weight, True) for part in self.spec.parts]
        fields = {field.field_name: field for field in self.queryset.model.get_searchable_search_fields()}
        return [Target(self.mapping.column_of(fields[name]), float(fields[name].boost or 1), False) for name in self.fields if name in fields]

    def compile(self, query: words.SearchQuery) -> tree.Query:
        """One query class of modelsearch. Raises NotImplementedError for one that it does not have."""
        if isinstance(query, words.MatchAll):
            return tree.All()
        if isinstance(query, words.Not):
            return tree.Every(excluded=[self.compile(query.subquery)])
        if isinstance(query, words.And):
            return tree.Every(must=[self.compile(part) for part in query.subqueries])
        if isinstance(query, words.Or):
            return tree.Either([self.compile(part) for part in query.subqueries])
        if isinstance(query, words.Boost):
            return tree.Boosted(self.compile(query.subquery), query.boost)
        if isinstance(query, words.PlainText):
            return self.compile_plain(query)
        if isinstance(query, words.Phrase):
            return self.compile_phrase(query.query_string)
        if isinstance(query, words.Fuzzy):
            return self.compile_fuzzy(query)
        raise NotImplementedError(f"`{type(query).__name__}` is not supported by this search backend.")

    def compile_plain(self, query: words.PlainText) -> tree.Query:
        """Words, each in any of the targets; pairs of them add to the score."""
        found = tokens(query.query_string)[:MOST_WORDS]
        clauses = [self.word(token) for token in found]
        pairs = [
            tree.Boosted(tree.Term(f"{target.column}{PAIRS}", f"{first.folded}_{second.folded}"), target.weight * PAIR_WEIGHT)
            for target in self.targets()
            if target.has_pairs
            for first, second in itertools.pairwise(found)
        ]
        if not clauses:
            return tree.Nothing()
        if query.operator == "and":
            compiled: tree.Query = tree.Every(must=clauses, bonus=pairs)
        else:
            compiled = tree.Every(must=[tree.Either(clauses)], bonus=pairs)
        return compiled if query.boost == 1 else tree.Boosted(compiled, query.boost)

    def word(self, token: Token) -> tree.Query:
        """One word: as it is written, without accents, in English its stem."""
        parts: list[tree.Query] = []
        stem = keys_of(token.text, ENGLISH)[1]
        for target in self.targets():
            parts.append(tree.Boosted(tree.Term(f"{target.column}{ACCENTED}", token.accented), target.weight))
            parts.append(tree.Boosted(tree.Term(f"{target.column}{FOLDED}", token.folded), target.weight * FOLDED_WEIGHT))
            if stem != token.folded and token.text.isascii():
                parts.append(tree.Boosted(tree.Term(f"{target.column}{FOLDED}", stem), target.weight * STEM_WEIGHT))
        return tree.Either(parts)

    def compile_phrase(self, text: str) -> tree.Query:
        """Words side by side: as written, or without accents where pairs of them are kept."""
        found = tokens(text)[:MOST_WORDS]
        if not found:
            return tree.Nothing()
        parts: list[tree.Query] = []
        for target in self.targets():
            parts.append(tree.Boosted(tree.Phrase(f"{target.column}{ACCENTED}", [token.accented for token in found]), target.weight))
            if target.has_pairs and len(found) > 1:
                pairs = [tree.Term(f"{target.column}{PAIRS}", f"{first.folded}_{second.folded}") for first, second in itertools.pairwise(found)]
                parts.append(tree.Boosted(tree.Every(must=pairs), target.weight * FOLDED_WEIGHT))
        return tree.Either(parts)

    def compile_fuzzy(self, query: words.Fuzzy) -> tree.Query:
        """Words that may be mistyped: one letter in short ones, two in long ones."""
        clauses: list[tree.Query] = []
        for token in tokens(query.query_string)[:MOST_WORDS]:
            distance = 0 if len(token.folded) < 3 else 1 if len(token.folded) < 6 else 2
            parts = [
                tree.Boosted(
                    tree.Similar(f"{target.column}{FOLDED}", token.folded, distance) if distance else tree.Term(f"{target.column}{FOLDED}", token.folded),
                    target.weight,
                )
                for target in self.targets()
            ]
            clauses.append(tree.Either(parts))
        if not clauses:
            return tree.Nothing()
        return tree.Every(must=clauses) if query.operator == "and" else tree.Either(clauses)


class StartsCompiler(TreeCompiler):
    """Compiles beginnings of words, for lists and choosers: every word typed begins a word of a title, or stands in the object.

    Wagtail's admin asks so wherever an editor types: the words of a summary find their page too, after titles.
    """

    def columns(self) -> Sequence[str]:
        """Where beginnings are looked for."""
        if not self.fields:
            return [STARTS]
        fields = {field.field_name: field for field in self.queryset.model.get_autocomplete_search_fields()}
        return [self.mapping.column_of(fields[name]) for name in self.fields if name in fields]

    def compile(self, query: words.SearchQuery) -> tree.Query:
        if isinstance(query, words.MatchAll):
            return tree.All()
        if not isinstance(query, words.PlainText):
            raise NotImplementedError(f"`{type(query).__name__}` is not supported for autocomplete queries.")
        clauses: list[tree.Query] = []
        for token in tokens(query.query_string)[:MOST_WORDS]:
            starts = [tree.Boosted(tree.Term(column, token.folded[:LONGEST_START]), START_WEIGHT) for column in self.columns()]
            clauses.append(tree.Either(starts if self.fields else [*starts, self.word(token)]))
        if not clauses:
            return tree.Nothing()
        return tree.Every(must=clauses) if query.operator == "and" else tree.Either(clauses)
