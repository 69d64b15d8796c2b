"""Finding rows by words typed without accents, in the admin's lists and choosers: rows keep a `folded` column for it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

from .vietnamese import fold, normalise

MOST_WORDS = 20


def words_of(text: str) -> list[str]:
    """The folded words of a query, the first twenty."""
    return fold(text[:200]).split()[:MOST_WORDS]


def containing(text: str, column: str = "folded") -> Q:
    """Rows whose folded column contains every word of the text."""
    condition = Q()
    for word in words_of(text):
        condition &= Q(**{f"{column}__contains": word})
    return condition


def find(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows that match the text, as the model's own queryset understands it (`matching`), else by its folded column."""
    own = getattr(rows, "matching", None)
    return own(text) if own else rows.filter(containing(text))


def find_best_first(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """What `find` finds, the likeliest first: the name as typed with accents, then names that begin with it, then the rest."""
    folded = " ".join(words_of(text))
    if not folded:
        return rows
    steps = [
        Q(folded=folded) | Q(folded__startswith=f"{folded} ;"),
        Q(folded__startswith=folded),
        Q(folded__contains=f"; {folded}"),
        Q(folded__contains=f" {folded}"),
    ]
    if has_field(rows.model, "name"):
        steps.insert(0, Q(name__istartswith=normalise(text).strip()))
    rank = Case(*(When(step, then=Value(place)) for place, step in enumerate(steps)), default=Value(len(steps)), output_field=IntegerField())
    then = ["sort_key"] if has_field(rows.model, "sort_key") else [name for name in rows.model._meta.ordering if isinstance(name, str)]
    return find(rows, text).annotate(rank=rank).order_by("rank", *then, "pk")


def has_field(model: type[Model], name: str) -> bool:
    """Whether the model has a field of that name."""
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
