"""tantivy as an engine of the site."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import tantivy
from django.utils.translation import ngettext

from search.columns import KEY, NUMBER, TEXT, Form, Spec
from search.documents import Document
from search.engine import Building, Engine, EngineDown, Sort
from search.locks import alone_on_file
from search.tree import Hit, Hits, Query

from .store import BUILDER_BYTES, Store, add_documents, writer_of

# A column without a value counts under this key, which no value has.
NOTHING = "\x00"
NO_NUMBER = -(2**63)
MOST_VALUES = 65_000
LOCK = "write.lock"


class EmbeddedEngine(Engine):
    """Searches and writes the indexes in one folder."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stores: dict[str, Store] = {}
        self._lock = threading.Lock()

    def store(self, index: Spec) -> Store:
        """The index on disk, opened once a process."""
        with self._lock:
            store = self._stores.get(index.name)
            if store is None or store.spec is not index:
                store = self._stores[index.name] = Store(self.folder / index.name, index)
            return store

    def find(self, index: Spec, query: Query, *, start: int = 0, size: int = 10, sort: Sort | None = None, with_text: bool = False) -> Hits:
        with _speaking():
            searcher, renderer = self.store(index).searcher()
            rendered = renderer.render(query)
            if size <= 0:
                return Hits(_count(searcher, rendered), ())
            order = tantivy.Order.Desc if sort is None or sort.is_descending else tantivy.Order.Asc
            found = searcher.search(rendered, size, True, sort.column if sort else None, start, order)
            addresses = [address for _score, address in found.hits]
            scores = [score if sort is None else 0.0 for score, _address in found.hits]
            texts = [bytes(searcher.doc(address).get_first(TEXT) or b"").decode() for address in addresses] if with_text else [""] * len(addresses)
            return Hits(found.count, [Hit(*hit) for hit in zip(_keys(index, searcher, addresses), scores, texts, strict=True)])

    def count(self, index: Spec, query: Query) -> int:
        with _speaking():
            searcher, renderer = self.store(index).searcher()
            return _count(searcher, renderer.render(query))

    def keys(self, index: Spec, query: Query) -> list[str]:
        with _speaking():
            searcher, renderer = self.store(index).searcher()
            found = searcher.search(renderer.render(query), max(1, searcher.num_docs), False)
            return _keys(index, searcher, [address for _score, address in found.hits])

    def facets(self, index: Spec, query: Query, columns: Sequence[str]) -> dict[str, dict[Any, int]]:
        with _speaking():
            searcher, renderer = self.store(index).searcher()
            wanted = {column: {"terms": _terms(column, index.columns[column])} for column in columns}
            if not wanted:
                return {}
            counted = searcher.aggregate(renderer.render(query), wanted)
            return {column: _buckets(counted[column]["buckets"], index.columns[column]) for column in columns}

    def frequencies(self, index: Spec, columns: Sequence[str], words: Sequence[str]) -> dict[str, int]:
        with _speaking():
            searcher, _renderer = self.store(index).searcher()
            return {word: max((searcher.doc_freq(column, word) for column in columns), default=0) for word in words}

    def write(self, index: Spec, documents: Sequence[Document], removed: Sequence[str]) -> None:
        with _speaking():
            self.store(index).write(documents, removed)

    def reset(self, index: Spec) -> None:
        with _speaking():
            self.store(index).reset()

    def build(self, index: Spec) -> Building:
        with _speaking():
            return EmbeddedBuilding(self.store(index))

    def check(self, index: Spec) -> str:
        with _speaking():
            searcher, _renderer = self.store(index).searcher()
            return ngettext("%(count)s mục", "%(count)s mục", searcher.num_docs) % {"count": searcher.num_docs}

    @contextlib.contextmanager
    def alone(self) -> Iterator[bool]:
        """A lock on a file: the system lets it go when the process ends, however it ends."""
        lock = alone_on_file(self.folder / LOCK)
        try:
            is_ours = lock.__enter__()
        except OSError as error:
            raise EngineDown(str(error)) from error
        try:
            yield is_ours
        finally:
            lock.__exit__(None, None, None)


class EmbeddedBuilding(Building):
    """A generation beside the one in use."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.generation, index = store.new_generation()
        self.writer: tantivy.IndexWriter | None = writer_of(index, BUILDER_BYTES)
        self.is_replacing = False

    def write(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> None:
        with _speaking():
            assert self.writer is not None
            for key in removed:
                self.writer.delete_documents_by_term(KEY, key)
            add_documents(self.writer, self.store.spec, documents)

    def finish(self) -> None:
        with _speaking():
            assert self.writer is not None
            self.writer.commit()
            self.writer.wait_merging_threads()
            self.writer = None
            self.store.put_in_use(self.generation)

    def abandon(self) -> None:
        self.writer = None


@contextlib.contextmanager
def _speaking() -> Iterator[None]:
    """Failures of tantivy and of the disk as the engine's own; tantivy's panics are no Exception to Python."""
    try:
        yield
    except (EngineDown, KeyError):
        raise
    except (ValueError, OSError) as error:
        raise EngineDown(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineDown(str(error)) from error


def _count(searcher: tantivy.Searcher, rendered: tantivy.Query) -> int:
    return searcher.search(rendered, 1, True).count


def _keys(index: Spec, searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[str]:
    """Keys of documents; numbers come from a column, which is a hundred times faster than the stored document."""
    if not addresses:
        return []
    if NUMBER in index.columns:
        return [str(number) for number in searcher.fast_field_values(NUMBER, addresses)]
    return [str(searcher.doc(address).get_first(KEY)) for address in addresses]


def _terms(column: str, form: Form) -> dict[str, Any]:
    terms: dict[str, Any] = {"field": column, "size": MOST_VALUES}
    if form is Form.KEY:
        terms["missing"] = NOTHING
    elif form in (Form.WHOLE, Form.REAL):
        terms["missing"] = NO_NUMBER
    return terms


def _buckets(buckets: list[dict[str, Any]], form: Form) -> dict[Any, int]:
    counted = {}
    for bucket in buckets:
        value = bucket["key"]
        if value == NOTHING or (form in (Form.WHOLE, Form.REAL) and value == NO_NUMBER):
            value = None
        elif form is Form.TRUTH:
            value = bool(value)
        elif form is Form.MOMENT:
            value = dt.datetime.fromisoformat(value)
        counted[value] = bucket["doc_count"]
    return counted
