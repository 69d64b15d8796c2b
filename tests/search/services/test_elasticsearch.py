"""On a real server: a rebuild swaps an alias, what fails keeps the change, a key is sent as a header."""

from __future__ import annotations

import datetime as dt
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from wagtail.models import Page

from knowledge_base.models import GuidePage
from search import queue
from search.columns import KEY, spec_of
from search.elastic.engine import ElasticEngine
from search.engine import EngineDown, IndexMissing
from search.models import IndexChange
from search.tree import All, OneOf

ADDRESS = os.environ.get("ELASTICSEARCH", "")
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not ADDRESS, reason="needs a server: make test-services")]
PAGES = spec_of(Page)


@pytest.fixture
def client() -> Elasticsearch:
    return Elasticsearch(ADDRESS, request_timeout=30)


@pytest.fixture
def server(client: Elasticsearch, tmp_path: Path) -> ElasticEngine:
    return ElasticEngine(client, "trial_", {"number_of_shards": 2, "number_of_replicas": 0}, tmp_path / "lock")


def test_a_rebuild_puts_a_new_index_behind_the_alias_and_removes_the_old(server: ElasticEngine, client: Elasticsearch, publish: Callable[..., Any]) -> None:
    page = publish(GuidePage, "cam-nang", title="Đốm lá", slug="a")
    queue.rebuild(server, [Page])
    before = set(client.indices.get_alias(name="trial_wagtailcore_page"))
    build = queue.Rebuild(server, PAGES)
    build.start()
    build.add(GuidePage, [page])
    queue.note(server, GuidePage, [str(page.pk)], is_removal=True)
    queue.drain(server)
    assert server.count(PAGES, OneOf(KEY, [str(page.pk)])) == 0
    build.finish()

    after = set(client.indices.get_alias(name="trial_wagtailcore_page"))
    assert len(after) == 1
    assert not after & before
    assert not client.indices.exists(index=next(iter(before)))
    assert server.count(PAGES, OneOf(KEY, [str(page.pk)])) == 0
    settings = client.indices.get_settings(index=next(iter(after)))[next(iter(after))]["settings"]["index"]
    assert settings["number_of_shards"] == "2"


def test_hits_beyond_the_servers_window_are_found(server: ElasticEngine, tree: Any) -> None:
    server.reset(PAGES)
    types = ["wagtailcore.Page"]
    for start in range(1, 10_501, 500):
        server.write(PAGES, [{KEY: str(number), "number": number, "types": types, "part_title_f": "dom la"} for number in range(start, start + 500)], [])

    assert server.count(PAGES, All()) == 10_500
    assert len(server.keys(PAGES, All())) == 10_500
    found = server.find(PAGES, All(), start=10_200, size=100)
    assert found.total == 10_500
    assert len({hit.key for hit in found.hits}) == 100


def test_a_read_only_index_keeps_the_change_until_it_can_be_written(server: ElasticEngine, client: Elasticsearch, publish: Callable[..., Any]) -> None:
    server.reset(PAGES)
    page = publish(GuidePage, "cam-nang", title="Đốm lá", slug="a")
    queue.note(server, GuidePage, [str(page.pk)])
    client.indices.put_settings(index="trial_wagtailcore_page", settings={"index.blocks.write": True})
    with pytest.raises(EngineDown):
        queue.drain(server)
    assert IndexChange.objects.filter(engine=server.name).exists()
    client.indices.put_settings(index="trial_wagtailcore_page", settings={"index.blocks.write": None})

    queue.drain(server)
    assert server.count(PAGES, All()) == 1


def test_an_index_that_is_not_there_or_of_other_columns_says_so(server: ElasticEngine, client: Elasticsearch, db: None) -> None:
    server.reset(PAGES)
    client.indices.delete(index=next(iter(client.indices.get_alias(name="trial_wagtailcore_page"))))
    server.forget(PAGES)
    with pytest.raises(IndexMissing):
        server.count(PAGES, All())
    server.reset(PAGES)
    client.indices.put_mapping(index="trial_wagtailcore_page", meta={"columns": "older"})
    server.forget(PAGES)
    with pytest.raises(IndexMissing):
        server.count(PAGES, All())


def test_a_moment_is_a_facet_value(server: ElasticEngine, db: None) -> None:
    server.reset(PAGES)
    day = dt.datetime(2026, 11, 25, 1, 2, 3, tzinfo=dt.UTC)
    server.write(PAGES, [{KEY: "1", "number": 1, "first_published_at_filter": [day], "live_filter": [True]}, {KEY: "2", "number": 2}], [])

    facets = server.facets(PAGES, All(), ["first_published_at_filter", "live_filter"])
    assert facets == {"first_published_at_filter": {day: 1, None: 1}, "live_filter": {True: 1, None: 1}}


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who asks and answers nothing of use."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.headers.get("Authorization", ""))
            self.send_response(401)
            self.end_headers()

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *arguments: Any) -> None:
            """Quiet."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()


def test_an_api_key_is_sent_as_a_header(listener: tuple[str, list[str]], db: None) -> None:
    from search.backends.elasticsearch import ElasticsearchSearchBackend

    address, seen = listener
    backend = ElasticsearchSearchBackend({"URLS": [address], "INDEX_PREFIX": "key_", "OPTIONS": {"api_key": "cm9vdDprZXk="}})
    with pytest.raises(EngineDown):
        backend.engine.count(PAGES, All())

    assert seen[0] == "ApiKey cm9vdDprZXk="
