"""Kinds of item: each room registers its own, so that lists, feeds and search know them all without importing rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

# Ids of items of one kind → what a card shows of each beside title and summary: `day` and `is_over`, `number`, `figure`. One query.
CardFacts: TypeAlias = Callable[[list[int]], dict[int, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item.

    `segment` is the section's first segment and the value of the query parameter `loai`; `label` names one item,
    `plural` the section; both are lazy translations. `card_facts` gives what a list needs of the kind's own fields.
    """

    model_name: str
    segment: str
    label: Any
    plural: Any
    card_facts: CardFacts | None = None


_kinds: dict[str, Kind] = {}
_UNKNOWN = Kind("itempage", "", "", "")


def register(model_name: str, segment: str, label: Any, plural: Any, card_facts: CardFacts | None = None) -> None:
    """Make a kind known; called in a room's AppConfig.ready. `model_name` is in lower case, as content types have it."""
    _kinds[model_name] = Kind(model_name, segment, label, plural, card_facts)


def kind_of(model_name: str) -> Kind:
    """The kind of a model name; an empty kind for a model that nobody registered."""
    return _kinds.get(model_name, _UNKNOWN)


def all_kinds() -> list[Kind]:
    """Every registered kind, in the order of registration."""
    return list(_kinds.values())


def kinds_in(segment: str) -> list[Kind]:
    """Kinds that live under one section: `ton-vinh` → honourees."""
    return [kind for kind in _kinds.values() if kind.segment == segment]
