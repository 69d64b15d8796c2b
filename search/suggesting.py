"""Suggestions while somebody types: names that lead straight to a page, then titles."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from core.vietnamese import fold
from topics.kinds import kind_of
from topics.models import ItemPage

from . import tree
from .columns import ACCENTED, PAIRS
from .directory import directory
from .documents import LONGEST_START
from .engine import EngineDown
from .indexing import site_engine
from .never_suggest import is_never_suggested
from .site_search import public_filters, spec
from .understanding import understand

MOST = 8
# Names stand first, titles fill the rest.
MOST_NAMES = 4
TITLE_STARTS = "title_edgengrams"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is offered, where it leads, what it is: the first segment of its address."""

    text: str
    url: str
    kind: str

    def as_json(self) -> dict[str, str]:
        return {"text": self.text, "url": self.url, "kind": self.kind}


def suggest(typed: str, language: str) -> list[Suggestion]:
    """Up to eight suggestions. Without an engine, names alone."""
    query = understand(typed, language)
    if not query.words:
        return []
    names = [Suggestion(entry.text, entry.url, entry.kind) for entry in directory(language).completed(query.text, MOST)]
    try:
        titles = titles_with(query.text, language, MOST)
    except EngineDown:
        titles = []
    offered = [*names[:MOST_NAMES], *titles, *names[MOST_NAMES:]]
    seen: dict[str, Suggestion] = {}
    for suggestion in offered:
        if suggestion.url not in seen and not is_never_suggested(suggestion.text):
            seen[suggestion.url] = suggestion
    return list(seen.values())[:MOST]


def titles_with(typed: str, language: str, limit: int) -> list[Suggestion]:
    """Public items whose titles have a word for each beginning that is typed; titles that begin so first. Raises EngineDown."""
    engine = site_engine()
    if engine is None:
        raise EngineDown("no engine of ours is configured")
    query = understand(typed, language)
    index = spec()
    starts = [tree.Constant(tree.Term(TITLE_STARTS, word.folded[:LONGEST_START]), 1.0) for word in query.words]
    bonus: list[tree.Query] = [tree.Term(f"part_title{ACCENTED}", word.accented) for word in query.words]
    whole = query.words[:-1]
    bonus += [tree.Boosted(tree.Term(f"part_title{PAIRS}", f"{first.folded}_{second.folded}"), 2.0) for first, second in itertools.pairwise(whole)]
    found = engine.find(index, tree.Every(must=starts, filters=public_filters(language), bonus=bonus), size=limit * 2)
    keys = [hit.key for hit in found.hits]
    rows = {
        str(item.pk): item
        for item in ItemPage.objects.public().in_language(language).select_related(None).select_related("content_type", "locale").filter(pk__in=keys)
    }
    items = [rows[key] for key in keys if key in rows]
    folded = fold(query.text)
    items.sort(key=lambda item: not fold(item.title).startswith(folded))
    return [Suggestion(item.title, item.url, kind_of(item.content_type.model).segment) for item in items[:limit]]
