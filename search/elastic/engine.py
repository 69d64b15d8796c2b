"""Elasticsearch as an engine of the site. An index is an alias; what it names is built beside and put in its place at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.utils.translation import ngettext
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.helpers import scan

from search.columns import KEY, NUMBER, TEXT, Form, Spec
from search.documents import Document
from search.engine import Building, Engine, EngineDown, IndexMissing, Sort
from search.locks import alone_in_database
from search.tree import Hit, Hits, Query

from .queries import Renderer, plain

logger = logging.getLogger(__name__)

# Beyond this the server pages only from hit to hit.
WINDOW = 10_000
MOST_BUCKETS = 60_000
# A long key is no key to search by; the server refuses longer ones.
LONGEST_KEY = 8_000
BULK_DOCUMENTS = 300
WRITE_SECONDS = 60.0
LOOK_SECONDS = 30.0

_FIELDS: dict[Form, dict[str, Any]] = {
    Form.KEY: {"type": "keyword", "ignore_above": LONGEST_KEY},
    Form.WORDS: {"type": "text", "analyzer": "whitespace", "index_options": "positions"},
    Form.BAG: {"type": "text", "analyzer": "whitespace", "index_options": "freqs"},
    Form.WHOLE: {"type": "long"},
    Form.REAL: {"type": "double"},
    Form.MOMENT: {"type": "date"},
    Form.TRUTH: {"type": "boolean"},
    Form.STORED: {"type": "text", "index": False},
}


class ElasticEngine(Engine):
    """Searches and writes through one client."""

    def __init__(self, client: Elasticsearch, prefix: str, settings: dict[str, Any], lock: Path) -> None:
        self.client = client
        self.prefix = prefix
        self.settings = settings
        self.lock = lock
        self.name = f"elasticsearch:{prefix}"[:60]
        self._looked: dict[str, float] = {}

    def alias(self, index: Spec) -> str:
        """The name under which the index is searched and written."""
        return f"{self.prefix}{index.name}"

    def find(self, index: Spec, query: Query, *, start: int = 0, size: int = 10, sort: Sort | None = None, with_text: bool = False) -> Hits:
        with self._speaking(index):
            body = self._body(index, query, with_text=with_text)
            order = [{sort.column: {"order": "desc" if sort.is_descending else "asc"}}] if sort else [{"_score": "desc"}]
            body["sort"] = [*order, {_tie(index): "desc"}]
            if start + size <= WINDOW:
                found = self._search(index, body | {"from": start, "size": max(size, 0)})
                hits = found["hits"]["hits"]
            else:
                found, hits = self._beyond_window(index, body, start, size)
            is_scored = sort is None
            total = found["hits"]["total"]["value"]
            return Hits(total, [Hit(hit["_source"][KEY], (hit["_score"] or 0.0) if is_scored else 0.0, hit["_source"].get(TEXT, "")) for hit in hits])

    def count(self, index: Spec, query: Query) -> int:
        with self._speaking(index):
            return self.client.count(index=self.alias(index), query=Renderer(index.columns).render(query))["count"]

    def keys(self, index: Spec, query: Query) -> list[str]:
        with self._speaking(index):
            body = {"query": Renderer(index.columns).render(query), "_source": [KEY], "sort": ["_doc"]}
            found = self._search(index, body | {"size": WINDOW, "track_total_hits": True})
            hits = found["hits"]["hits"]
            if found["hits"]["total"]["value"] > len(hits):
                hits = scan(self.client, index=self.alias(index), query=body, size=WINDOW)
            return [hit["_source"][KEY] for hit in hits]

    def facets(self, index: Spec, query: Query, columns: Sequence[str]) -> dict[str, dict[Any, int]]:
        with self._speaking(index):
            if not columns:
                return {}
            wanted: dict[str, Any] = {}
            for column in columns:
                wanted[column] = {"terms": {"field": column, "size": MOST_BUCKETS}}
                wanted[f"{column} missing"] = {"missing": {"field": column}}
            counted = self._search(index, {"query": Renderer(index.columns).render(query), "size": 0, "aggs": wanted})["aggregations"]
            facets: dict[str, dict[Any, int]] = {}
            for column in columns:
                facets[column] = {_value(bucket, index.columns[column]): bucket["doc_count"] for bucket in counted[column]["buckets"]}
                if missing := counted[f"{column} missing"]["doc_count"]:
                    facets[column][None] = missing
            return facets

    def frequencies(self, index: Spec, columns: Sequence[str], words: Sequence[str]) -> dict[str, int]:
        with self._speaking(index):
            if not words:
                return {}
            filters = [{"term": {column: word}} for word in words for column in columns]
            counted = self._search(index, {"size": 0, "aggs": {"words": {"filters": {"filters": filters}}}})
            counts = [bucket["doc_count"] for bucket in counted["aggregations"]["words"]["buckets"]]
            width = len(columns)
            return {word: max(counts[place * width : (place + 1) * width], default=0) for place, word in enumerate(words)}

    def write(self, index: Spec, documents: Sequence[Document], removed: Sequence[str]) -> None:
        with self._speaking(index):
            self.bulk(self.alias(index), index, documents, removed, refresh=True)

    def bulk(self, name: str, index: Spec, documents: Iterable[Document], removed: Iterable[str], *, refresh: bool) -> None:
        """Put and remove documents, some hundred a request. Raises EngineDown where the server refuses one."""
        operations: list[dict[str, Any]] = [{"delete": {"_index": name, "_id": key}} for key in removed]
        for document in documents:
            operations += [{"index": {"_index": name, "_id": document[KEY]}}, {column: _plain(value) for column, value in document.items()}]
            if len(operations) >= BULK_DOCUMENTS * 2:
                self._send(operations, refresh=False)
                operations = []
        if operations or refresh:
            self._send(operations, refresh=refresh)

    def _send(self, operations: list[dict[str, Any]], *, refresh: bool) -> None:
        if not operations:
            return
        answer = self.client.options(request_timeout=WRITE_SECONDS).bulk(operations=operations, refresh=refresh)
        if answer["errors"]:
            failures = [entry["error"] for item in answer["items"] for entry in item.values() if "error" in entry]
            if failures:
                raise EngineDown(f"{len(failures)}: {failures[0]}")

    def reset(self, index: Spec) -> None:
        self.build(index).finish()

    def build(self, index: Spec) -> Building:
        with self._speaking(index, needs_index=False):
            return ElasticBuilding(self, index)

    def alone(self) -> AbstractContextManager[bool]:
        return alone_in_database(self.name, self.lock)

    def check(self, index: Spec) -> str:
        with self._speaking(index):
            health = self.client.cluster.health(index=self.alias(index))
            if health["status"] == "red":
                raise EngineDown(f"{self.alias(index)}: red")
            count = self.client.count(index=self.alias(index))["count"]
            return ngettext("%(count)s mục", "%(count)s mục", count) % {"count": count}

    # Inside

    def fingerprint(self, index: Spec) -> str:
        """What the index says of the columns that it was made for."""
        return hashlib.sha256(index.fingerprint.encode()).hexdigest()[:32]

    def mapping(self, index: Spec) -> dict[str, Any]:
        """Columns as fields. Only what is shown is kept as it was sent."""
        properties = {column: dict(_FIELDS[form]) for column, form in index.columns.items()}
        return {"dynamic": "strict", "_meta": {"columns": self.fingerprint(index)}, "_source": {"includes": [KEY, TEXT]}, "properties": properties}

    def _body(self, index: Spec, query: Query, *, with_text: bool) -> dict[str, Any]:
        source = [KEY, TEXT] if with_text else [KEY]
        return {"query": Renderer(index.columns).render(query), "_source": source, "track_total_hits": True, "track_scores": True}

    def _search(self, index: Spec, body: dict[str, Any]) -> Any:
        # Words are as frequent as in all shards together: scores do not depend on where a document lies.
        return self.client.search(index=self.alias(index), body=body, search_type="dfs_query_then_fetch")

    def _beyond_window(self, index: Spec, body: dict[str, Any], start: int, size: int) -> tuple[Any, list[Any]]:
        """Hits beyond the server's window, from hit to hit."""
        wanted: list[Any] = []
        seen = 0
        found = self._search(index, body | {"size": WINDOW})
        while hits := found["hits"]["hits"]:
            wanted += hits[max(0, start - seen) : max(0, start + size - seen)]
            seen += len(hits)
            if seen >= start + size or len(hits) < WINDOW:
                break
            found = self._search(index, body | {"size": WINDOW, "search_after": hits[-1]["sort"]})
        return found, wanted

    @contextlib.contextmanager
    def _speaking(self, index: Spec, *, needs_index: bool = True) -> Iterator[None]:
        """Failures of the server and of the way to it as the engine's own."""
        try:
            if needs_index:
                self._look(index)
            yield
        except NotFoundError as error:
            self._looked.pop(index.name, None)
            raise IndexMissing(self.alias(index)) from error
        except (ApiError, TransportError) as error:
            raise EngineDown(str(error)[:300]) from error

    def _look(self, index: Spec) -> None:
        """Whether the index is there and made for these columns; asked twice a minute."""
        now = time.monotonic()
        if now - self._looked.get(index.name, -LOOK_SECONDS) < LOOK_SECONDS:
            return
        found = self.client.indices.get_mapping(index=self.alias(index))
        if any(entry["mappings"].get("_meta", {}).get("columns") != self.fingerprint(index) for entry in found.values()):
            raise IndexMissing(self.alias(index))
        self._looked[index.name] = now

    def forget(self, index: Spec) -> None:
        """Look at the index again before the next question."""
        self._looked.pop(index.name, None)


class ElasticBuilding(Building):
    """An index beside the one in use; an alias takes over."""

    def __init__(self, engine: ElasticEngine, spec: Spec) -> None:
        self.engine, self.spec = engine, spec
        self.alias = engine.alias(spec)
        self.name = f"{self.alias}-{time.strftime('%Y%m%d%H%M%S')}-{secrets.token_hex(3)}"
        # While it is built nobody searches it.
        settings = {"number_of_shards": 1, "number_of_replicas": 0} | engine.settings | {"refresh_interval": "-1"}
        self.replicas = settings.pop("number_of_replicas")
        client = engine.client.options(request_timeout=WRITE_SECONDS)
        client.indices.create(index=self.name, settings=settings | {"number_of_replicas": 0}, mappings=engine.mapping(spec))

    def write(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> None:
        with self.engine._speaking(self.spec, needs_index=False):
            self.engine.bulk(self.name, self.spec, documents, removed, refresh=False)

    def finish(self) -> None:
        with self.engine._speaking(self.spec, needs_index=False):
            client = self.engine.client.options(request_timeout=WRITE_SECONDS)
            client.indices.refresh(index=self.name)
            client.indices.put_settings(index=self.name, settings={"refresh_interval": None, "number_of_replicas": self.replicas})
            actions: list[dict[str, Any]] = []
            before: list[str] = []
            if client.indices.exists_alias(name=self.alias):
                before = list(client.indices.get_alias(name=self.alias))
                actions = [{"remove": {"index": old, "alias": self.alias}} for old in before]
            elif client.indices.exists(index=self.alias):
                # An index of another making under this name.
                actions = [{"remove_index": {"index": self.alias}}]
            client.indices.update_aliases(actions=[*actions, {"add": {"index": self.name, "alias": self.alias}}])
            self.engine.forget(self.spec)
            self._remove([*before, *self._left_over()])

    def abandon(self) -> None:
        with contextlib.suppress(ApiError, TransportError):
            self.engine.client.indices.delete(index=self.name, ignore_unavailable=True)

    def _left_over(self) -> list[str]:
        """Older indexes of this name that nothing names any more: what a killed build left."""
        found = self.engine.client.indices.get_alias(index=f"{self.alias}-*")
        return [name for name, about in found.items() if name < self.name and not about.get("aliases")]

    def _remove(self, names: Sequence[str]) -> None:
        for name in names:
            try:
                self.engine.client.options(request_timeout=WRITE_SECONDS).indices.delete(index=name, ignore_unavailable=True)
            except (ApiError, TransportError):
                logger.exception("Không xóa được chỉ mục cũ %s.", name)


def _tie(index: Spec) -> str:
    return NUMBER if NUMBER in index.columns else KEY


def _plain(value: Any) -> Any:
    return [plain(entry) for entry in value] if isinstance(value, list) else plain(value)


def _value(bucket: dict[str, Any], form: Form) -> Any:
    """A bucket's value as the column has it."""
    if form is Form.TRUTH:
        return bool(bucket["key"])
    if form is Form.MOMENT:
        return dt.datetime.fromtimestamp(bucket["key"] / 1000, tz=dt.UTC)
    return bucket["key"]
