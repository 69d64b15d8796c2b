"""One search of the site: what is asked, in the engine's terms, and what came of it. Pages, the API and the command line share it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.models import Page, PageViewRestriction

from topics.models import ItemPage
from topics.queries import TAXONOMIES

from . import spelling, synonyms, tree
from .analysis import VIETNAMESE
from .columns import FOLDED, NUMBER, PAIRS, Spec, spec_of
from .engine import Engine, EngineDown, Sort
from .guard import GuardedEngine
from .indexing import site_engine
from .ranking import FIRST_PUBLISHED, ranked, word_weights
from .site_documents import EVERYWHERE, FORMAT, KIND, LANGUAGE, PLAIN_PAGES, TOPIC_COLUMNS, YEAR
from .synonyms import Thesaurus
from .tree import Hit, Hits
from .understanding import Understood, understand
from .weights import weights

PAGE_SIZE = 20
MOST_PAGES = 500
# Sorted by name are the best this many; the engine finds them, the database sorts them.
MOST_BY_NAME = 5_000
BEST, NEWEST, OLDEST, BY_NAME = "phu-hop", "moi-nhat", "cu-nhat", "ten"
SORTS = {NEWEST: Sort(FIRST_PUBLISHED, is_descending=True), OLDEST: Sort(FIRST_PUBLISHED)}

# Query parameter → column.
COLUMNS = {"loai": KIND, "nam": YEAR, "dinh-dang": FORMAT} | {model.segment: TOPIC_COLUMNS[model.key] for model in TAXONOMIES}
LIVE, WITHDRAWN, PATH = "live_filter", "topics_itempage__withdrawn_on_filter", "path_filter"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the address says it: words, language, choices by parameter, order, which page of which size."""

    query: str
    language: str = VIETNAMESE
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = BEST
    page: int = 1
    size: int = PAGE_SIZE
    with_facets: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it. `facets`: by parameter the values with their counts. `by_kind`: the best few of each kind, where they were asked for."""

    query: Understood
    total: int
    hits: Sequence[Hit]
    facets: dict[str, dict[str, int]]
    sort: str
    took_ms: float
    thesaurus: Thesaurus
    suggestion: str | None = None
    by_kind: dict[str, Sequence[Hit]] = field(default_factory=dict)


def spec() -> Spec:
    """The index of pages."""
    return spec_of(Page)


def search(asked: Asked, *, groups_of: int = 0, least_for_groups: int = 0) -> Found:
    """Search the site. `groups_of`: how many of each kind besides, where more than `least_for_groups` are found.

    One turn at the engine. Raises EngineDown.
    """
    engine = site_engine()
    if engine is None:
        raise EngineDown("no engine of ours is configured")
    started_at = time.perf_counter()
    thesaurus = synonyms.thesaurus(asked.language)
    base = public_filters(asked.language)

    def ask(engine: Engine) -> Found:
        return _ask(engine, asked, base, thesaurus, groups_of, least_for_groups)

    found = _together(engine, ask)
    if found.sort == BY_NAME:
        found = replace(found, hits=_by_name(engine, found.hits, asked))
    return replace(found, took_ms=round((time.perf_counter() - started_at) * 1000, 1))


def _together(engine: Engine, ask: Callable[[Engine], Any]) -> Any:
    return engine.together(ask) if isinstance(engine, GuardedEngine) else ask(engine)


def _by_name(engine: Engine, hits: Sequence[Hit], asked: Asked) -> list[Hit]:
    """The page asked for, of the best hits in Vietnamese order: an order by text is the database's. One query."""
    named = ItemPage.objects.filter(pk__in=[int(hit.key) for hit in hits]).order_by("sort_key", "pk").select_related(None)
    start = (asked.page - 1) * asked.size
    keys = list(named.values_list("pk", flat=True)[start : start + asked.size])
    if not keys:
        return []
    texts: Hits = _together(engine, lambda engine: engine.find(spec(), tree.OneOf(NUMBER, keys), size=len(keys), with_text=True))
    by_key = {hit.key: hit for hit in texts.hits}
    return [by_key[str(key)] for key in keys if str(key) in by_key]


def _ask(engine: Engine, asked: Asked, base: list[tree.Query], thesaurus: Thesaurus, groups_of: int, least_for_groups: int) -> Found:
    index = spec()
    words = [f"{part.column}{FOLDED}" for part in index.parts]
    pairs = [f"{part.column}{PAIRS}" for part in index.parts]
    query = understand(asked.query, asked.language, lambda sought: engine.frequencies(index, words, sought), thesaurus.accented)
    if query.language == VIETNAMESE:
        query = spelling.corrected(
            query,
            lambda sought: thesaurus.known(sought, engine.frequencies(index, words, sought)),
            lambda sought: engine.frequencies(index, pairs, sought),
            word_weights(query, weights()),
        )
    scored = ranked(query, index, thesaurus)
    chosen = {name: _choice(name, values) for name, values in asked.choices.items() if name in COLUMNS and values}
    whole = _among(scored, base, chosen)
    sort = NEWEST if asked.sort == BEST and not query.typed else asked.sort
    start = (asked.page - 1) * asked.size
    if sort == BY_NAME:
        found = engine.find(index, whole, size=MOST_BY_NAME)
    else:
        found = engine.find(index, whole, start=start, size=asked.size, sort=SORTS.get(sort), with_text=True)
    facets = _facets(engine, index, scored, base, chosen) if asked.with_facets else {}
    groups: dict[str, Sequence[Hit]] = {}
    if groups_of and found.total > least_for_groups and len(facets.get("loai", {})) > 1:
        for kind in facets["loai"]:
            one = engine.find(index, _among(scored, [*base, tree.Term(KIND, kind)], chosen), size=groups_of, with_text=True)
            groups[kind] = one.hits
    return Found(query, found.total, found.hits, facets, sort, 0.0, thesaurus, by_kind=groups)


def public_filters(language: str) -> list[tree.Query]:
    """What a visitor may find: live items of the language, not withdrawn, not behind a password. One query for the closed branches."""
    closed = PageViewRestriction.objects.values_list("page__path", flat=True)
    excluded: list[tree.Query] = [tree.Present(WITHDRAWN), tree.Term(KIND, PLAIN_PAGES)]
    excluded += [tree.StartsWith(PATH, path) for path in closed]
    filters = [tree.Term(LANGUAGE, language), tree.Term(LIVE, True), tree.Present(KIND), tree.Present(FIRST_PUBLISHED)]
    return [tree.Every(filters=filters, excluded=excluded)]


def _choice(name: str, values: Sequence[str]) -> tree.Query:
    """One of the values of a parameter. An item without a place belongs to every place; what is no year is no year."""
    if name == "nam":
        return tree.OneOf(YEAR, [int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= 4])
    if name == "dia-ban":
        values = [*values, EVERYWHERE]
    return tree.OneOf(COLUMNS[name], list(values))


def _among(scored: tree.Query, base: Sequence[tree.Query], chosen: Mapping[str, tree.Query]) -> tree.Query:
    return tree.Every(must=[scored], filters=[*base, *chosen.values()])


def _facets(engine: Engine, index: Spec, scored: tree.Query, base: Sequence[tree.Query], chosen: Mapping[str, tree.Query]) -> dict[str, dict[str, int]]:
    """Counts of every parameter's values. A parameter's own choices do not narrow it: within one, choices are OR."""
    facets: dict[str, dict[str, int]] = {}
    free = [name for name in COLUMNS if name not in chosen]
    counted = engine.facets(index, _among(scored, base, chosen), [COLUMNS[name] for name in free])
    for name in free:
        facets[name] = _counts(name, counted[COLUMNS[name]])
    for name in chosen:
        others = {other: query for other, query in chosen.items() if other != name}
        facets[name] = _counts(name, engine.facets(index, _among(scored, base, others), [COLUMNS[name]])[COLUMNS[name]])
    return facets


def _counts(name: str, counted: Mapping[Any, int]) -> dict[str, int]:
    """Values as the address has them, the most frequent first; what is for every place counts in each."""
    counts = {str(value): count for value, count in counted.items() if value is not None}
    if name == "dia-ban":
        everywhere = counts.pop(EVERYWHERE, 0)
        counts = {value: count + everywhere for value, count in counts.items()}
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def find_in(root: Any, query: str, language: str, size: int, fields: Sequence[tree.Query] = ()) -> list[Hit]:
    """A few documents of another index, such as terms, by the same ranking. Raises EngineDown."""
    engine = site_engine()
    if engine is None:
        raise EngineDown("no engine of ours is configured")
    index = spec_of(root)
    understood = understand(query, language)
    if not understood.words:
        return []
    found = engine.find(index, tree.Every(must=[ranked(understood, index)], filters=list(fields)), size=size)
    return list(found.hits)
