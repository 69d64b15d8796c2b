"""`make bench-search`: speed and memory of search, in one run on one machine; ratios travel, numbers do not.

DOCUMENTS="20000 50000" how many, of about 250 words. Engine (embedded; Elasticsearch beside it where Maven and Java are), a whole
HTTP request, suggestions, an edit until it is found, Wagtail's own SQLite backend, readers while others search.
Everything lies in a temporary folder and ends with the script. The last line is JSON.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from bench.load import BadAnswer, Connection, Measured, measure  # noqa: E402
from bench.pages import free_port, prepare_site, say, served  # noqa: E402
from bench.search_corpus import Corpus  # noqa: E402

QUERIES = 300
HTTP_DOCUMENTS = 20_000
WAGTAIL_DOCUMENTS = 2_000
CHUNK = 1_000
KINDS = ["cam-nang", "tin-tuc", "hoi-dap", "thanh-tuu"]
PRODUCTS = ["hoi", "na", "quyt", "thong", "hong", "so", "thach-den"]


def timed(function: Callable[[Any], object], values: Sequence[Any]) -> Measured:
    """How long each call took."""
    measured = Measured()
    started_at = time.perf_counter()
    for value in values:
        begun_at = time.perf_counter()
        function(value)
        measured.latencies.append(time.perf_counter() - begun_at)
    measured.seconds = time.perf_counter() - started_at
    return measured


def figures(measured: Measured) -> dict[str, float]:
    return {"p50_ms": round(measured.at(0.5), 2), "p95_ms": round(measured.at(0.95), 2), "p99_ms": round(measured.at(0.99), 2)}


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def corpus_texts(count: int) -> Iterator[tuple[int, dict[str, str]]]:
    """Numbered texts of documents, from 1 on."""
    yield from enumerate(Corpus().documents(count), start=1)


def site_document(number: int, texts: dict[str, str], spec: Any) -> dict[str, Any]:
    """A document of the site's index, made as the site makes it from title, summary and body."""
    from bench.search_documents import paragraph_document
    from search.analysis import streams
    from search.columns import ACCENTED, FOLDED, PAIRS

    document = paragraph_document(number, f"{texts['summary']} \n {texts['body']}", spec, site_kind=KINDS[number % len(KINDS)])
    for name in ("title", "summary"):
        found = streams(texts[name])
        document |= {f"part_{name}{ACCENTED}": found.accented, f"part_{name}{FOLDED}": found.folded, f"part_{name}{PAIRS}": found.pairs}
    return document | {"site_product": [PRODUCTS[number % len(PRODUCTS)]], "site_locality": ["*"], "site_year": 2020 + number % 7}


def bench_engine(engine: Any, count: int, folder: Path | None) -> dict[str, Any]:
    """Indexing and asking one engine, above it only the site's own reading and ranking."""
    from search import site_search, tree
    from search.site_search import Asked
    from search.synonyms import Thesaurus

    spec = site_search.spec()
    build = engine.build(spec)
    source = corpus_texts(count)
    made_in = written_in = 0.0
    text = 0
    while texts := list(itertools.islice(source, CHUNK)):
        begun_at = time.perf_counter()
        made = [site_document(number, words, spec) for number, words in texts]
        made_in += time.perf_counter() - begun_at
        text += sum(len(" ".join(words.values()).encode()) for _number, words in texts)
        begun_at = time.perf_counter()
        build.write(made)
        written_in += time.perf_counter() - begun_at
    begun_at = time.perf_counter()
    build.finish()
    written_in += time.perf_counter() - begun_at
    queries = Corpus(seed=99).queries(QUERIES)
    base: list[tree.Query] = [tree.Every(filters=[tree.Term("site_language", "vi"), tree.Term("live_filter", True), tree.Present("site_kind")])]
    empty = Thesaurus()

    def bare(query: str) -> None:
        from search.ranking import ranked
        from search.understanding import understand

        engine.find(spec, tree.Every(must=[ranked(understand(query), spec)], filters=base), size=20)

    def whole(query: str) -> None:
        site_search._ask(engine, Asked(query), base, empty, 0, 0)

    timed(bare, queries[:20])
    result = {
        "documents": count,
        "analysis_per_s": round(count / made_in),
        "write_per_s": round(count / written_in),
        "documents_per_s": round(count / (made_in + written_in)),
        "query": figures(timed(bare, queries)),
        "query_with_spelling_facets_texts": figures(timed(whole, queries)),
    }
    if folder is not None:
        result["index_of_text"] = round(size_of(folder) / text, 2)
    return result


def bench_elasticsearch(count: int, folder: Path) -> dict[str, Any]:
    """The same on a real server; a line that says why where there is none."""
    from elasticsearch import Elasticsearch

    from deploy.services import ServiceMissing, elasticsearch
    from search.elastic.engine import ElasticEngine

    try:
        with elasticsearch() as url:
            return bench_engine(ElasticEngine(Elasticsearch(url, request_timeout=120), "bench_", {"number_of_replicas": 0}, folder / "lock"), count, None)
    except ServiceMissing as error:
        return {"missing": str(error)}


def make_pages(count: int) -> None:
    """That many guides in the database, with bodies, and their index."""
    from django.core.management import call_command
    from django.db import connections
    from wagtail.models import Page

    from knowledge_base.models import GuidePage
    from tests.factories import many_items
    from topics.queries import TAXONOMIES

    section = Page.objects.get(slug="cam-nang", depth=3, locale__language_code="vi")
    topics = [topic for model in TAXONOMIES for topic in model._default_manager.order_by("sort_key")]
    texts = list(Corpus().documents(count))

    def fields(number: int) -> dict[str, Any]:
        text = texts[number - 1]
        return {"title": text["title"], "slug": f"thu-{number}", "summary": text["summary"][:300], "body": [("text", f"<p>{text['body']}</p>")]}

    many_items(GuidePage, section, count, topics=topics, fields=fields)
    say(f"Chỉ mục của {count} trang …")
    call_command("update_index", verbosity=0)
    connections.close_all()


def bench_http(port: int, queries: Sequence[str]) -> dict[str, Any]:
    """Whole requests, one reader, each query once: the page with facets and snippets, the API, suggestions."""
    found: dict[str, Any] = {}
    for name, template in {"page": "/tim-kiem/?q={}", "api": "/api/search?q={}", "suggest": "/api/suggest?q={}"}.items():
        addresses = [template.format(quote(query)) for query in queries[: 55 if name == "api" else 200]]
        for address in addresses[:5]:
            Connection(port, address).ask()
        found[name] = figures(timed(lambda address: Connection(port, address).ask(), addresses[5:]))
    return found


@contextmanager
def worker() -> Iterator[None]:
    """The site's worker, ended afterwards."""
    process = subprocess.Popen([sys.executable, "manage.py", "run_worker"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(6)
        yield
    finally:
        process.terminate()
        process.wait(20)


def bench_edit(rounds: int = 10) -> dict[str, Any]:
    """From the moment an edit is saved until a search finds it, with the worker at work."""
    from django.db import connections

    from knowledge_base.models import GuidePage
    from search.site_search import Asked, search

    waited = Measured()
    with worker():
        for number in range(rounds):
            page = GuidePage.objects.get(slug=f"thu-{number + 1}", locale__language_code="vi")
            page.title = f"Sửa lần zzq{number}x{os.getpid()}"
            page.save()
            begun_at = time.perf_counter()
            while not search(Asked(f"zzq{number}x{os.getpid()}", with_facets=False)).total and time.perf_counter() - begun_at < 30:
                time.sleep(0.02)
            waited.latencies.append(time.perf_counter() - begun_at)
    connections.close_all()
    return {"p50_ms": round(waited.at(0.5)), "worst_ms": round(waited.at(1.0))}


def bench_wagtail(engine_query: Callable[[str], object]) -> dict[str, Any]:
    """Wagtail's own SQLite backend on 2,000 pages beside ours on the same pages: a rare word and a common one."""
    from modelsearch.backends import get_search_backend
    from wagtail.models import Page

    from knowledge_base.models import GuidePage

    theirs = get_search_backend("modelsearch.backends.database")
    pages = list(GuidePage.objects.filter(slug__startswith="thu-").order_by("pk")[:WAGTAIL_DOCUMENTS])
    theirs.add_bulk(GuidePage, pages)
    found: dict[str, Any] = {}
    for name, query in {"rare": "ma36so", "common": "cây"}.items():
        asked = [query] * 5
        their = timed(lambda query: list(theirs.search(query, GuidePage.objects.all())[:20]), asked)
        ours = timed(engine_query, asked)
        found[name] = {"wagtail_p50_ms": round(their.at(0.5), 1), "ours_p50_ms": round(ours.at(0.5), 2), "times": round(their.at(0.5) / ours.at(0.5), 1)}
    Page.objects.none()
    return found


def bench_readers(port: int, queries: Sequence[str]) -> dict[str, Any]:
    """Four readers of a page alone, then while sixteen clients search without pause."""
    address = "/cam-nang/benh-dom-la-hoi/"
    measure(port, address, clients=4, seconds=3, most=50)
    alone = measure(port, address, clients=4, seconds=15, most=2_000)
    stop = threading.Event()
    answered = [0, 0]

    def search(offset: int) -> None:
        place = offset
        while not stop.is_set():
            place += 1
            try:
                Connection(port, f"/tim-kiem/?q={quote(queries[place % len(queries)])}").ask()
                answered[0] += 1
            except (BadAnswer, OSError):
                # Told to come back: that is how readers are kept.
                answered[1] += 1
                time.sleep(0.05)

    threads = [threading.Thread(target=search, args=(number * 17,), daemon=True) for number in range(16)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    beside = measure(port, address, clients=4, seconds=15, most=2_000)
    stop.set()
    for thread in threads:
        thread.join(30)
    return {
        "alone": figures(alone),
        "while_searching": figures(beside),
        "p99_ratio": round(beside.at(0.99) / alone.at(0.99), 2),
        "searches": answered[0],
        "searches_told_to_wait": answered[1],
    }


def main() -> int:
    counts = [int(count) for count in os.environ.get("DOCUMENTS", "20000 50000").split()]
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-search-"))
    results: dict[str, Any] = {"bench": "search", "cpus": os.cpu_count()}
    port = free_port()
    try:
        say("Trang để đo …")
        prepare_site(folder / "site", port, 0)
        from search.embedded.engine import EmbeddedEngine
        from search.site_search import Asked, search

        def keep(name: str, result: dict[str, Any]) -> None:
            """Told at once: a long run that is broken off has not been in vain."""
            results[name] = result
            say(json.dumps({name: result}, ensure_ascii=False))

        for count in counts:
            say(f"Máy nhúng, {count} tài liệu …")
            keep(f"embedded_{count}", bench_engine(EmbeddedEngine(folder / f"engine-{count}"), count, folder / f"engine-{count}"))
            shutil.rmtree(folder / f"engine-{count}")
        documents = min(HTTP_DOCUMENTS, counts[0])
        say(f"Trang có {documents} mục …")
        make_pages(documents)
        queries = Corpus(seed=99).queries(QUERIES)
        with served("portal.wsgi:application", port):
            keep("http", bench_http(port, queries))
            keep("readers", bench_readers(port, queries))
        keep("edit_until_found", bench_edit())
        keep("beside_wagtail", bench_wagtail(lambda query: search(Asked(query, with_facets=False))))
        if os.environ.get("ELASTICSEARCH", "1") != "0":
            say(f"Elasticsearch, {counts[0]} tài liệu …")
            keep(f"elasticsearch_{counts[0]}", bench_elasticsearch(counts[0], folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(results, ensure_ascii=False, indent=1))
    print(json.dumps(results, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
