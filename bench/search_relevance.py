"""`make relevance`: how right the results are, by class of query, on the site's content; with SQUAD=FILE on a question set.

ENGINE=embedded (default), elasticsearch (the server at SEARCH_URL, or one from Maven Central), or both separated by a comma.
DATA_DIR names a loaded site to measure; without it one is made in a temporary folder (about a minute).
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
JUDGED = ROOT / "bench" / "data" / "relevance.yaml"
CLASSES = [
    "clean",
    "accentless",
    "partial",
    "wrong_tone",
    "tone_placement",
    "i_y",
    "telex",
    "vni",
    "regional",
    "abbreviation",
    "scientific",
    "local_name",
    "typo",
    "question",
    "single",
    "long",
]
DEPTH = 10


def ndcg(found: Sequence[str], grades: dict[str, int]) -> float:
    """nDCG@10 with gains 2^grade - 1."""
    gain = sum((2 ** grades.get(key, 0) - 1) / math.log2(place + 2) for place, key in enumerate(found[:DEPTH]))
    best = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:DEPTH]))
    return gain / best if best else 0.0


def reciprocal_rank(found: Sequence[str], grades: dict[str, int]) -> float:
    """1 over the place of the first page with the best grade there is."""
    best = max(grades.values())
    return next((1 / place for place, key in enumerate(found[:DEPTH], start=1) if grades.get(key) == best), 0.0)


@contextlib.contextmanager
def engine_of(name: str, folder: Path, prefix: str) -> Iterator[Any]:
    """An engine of its own, beside the site's."""
    if name == "embedded":
        from search.embedded.engine import EmbeddedEngine

        yield EmbeddedEngine(folder / prefix)
        return
    from elasticsearch import Elasticsearch

    from deploy.services import elasticsearch
    from search.elastic.engine import ElasticEngine

    with contextlib.ExitStack() as stack:
        url = os.environ.get("SEARCH_URL") or stack.enter_context(elasticsearch())
        client = Elasticsearch(url, request_timeout=60, max_retries=0)
        yield ElasticEngine(client, f"{prefix}_", {"number_of_replicas": 0}, folder / f"{prefix}.lock")


def site_queries() -> Iterator[tuple[str, str, dict[str, int]]]:
    """(class, query, grades by address) of every judged query."""
    import yaml

    for need in yaml.safe_load(JUDGED.read_text(encoding="utf-8")).values():
        for name in CLASSES:
            for query in need.get(name, []):
                yield name, str(query), need["pages"]


def measure_site(name: str, folder: Path) -> dict[str, dict[str, float]]:
    """Each class with its means, on the loaded site."""
    from wagtail.models import Page

    from search import queue, site_search, synonyms
    from search.site_search import Asked
    from topics.models import ItemPage

    keys = {str(item.pk): item.url.strip("/") for item in ItemPage.objects.public().in_language("vi")}
    unknown = {page for _name, _query, grades in site_queries() for page in grades} - set(keys.values())
    if unknown:
        print(f"Không có trang: {sorted(unknown)}", file=sys.stderr)
    thesaurus, base = synonyms.thesaurus("vi"), site_search.public_filters("vi")
    rows: dict[str, list[tuple[float, float, bool]]] = defaultdict(list)
    with engine_of(name, folder, "relevance") as engine:
        queue.rebuild(engine, [Page])
        for kind, query, grades in site_queries():
            found = site_search._ask(engine, Asked(query, size=DEPTH, with_facets=False), base, thesaurus, 0, 0)
            pages = [keys.get(hit.key, hit.key) for hit in found.hits]
            rows[kind].append((ndcg(pages, grades), reciprocal_rank(pages, grades), not pages))
            if os.environ.get("SHOW") and ndcg(pages, grades) < float(os.environ["SHOW"]):
                print(f"  {ndcg(pages, grades):.2f} {kind}: {query!r} → {pages[:4]}")
    table = {kind: _means(rows[kind]) for kind in CLASSES if rows[kind]}
    table["tất cả"] = _means([row for kind in rows for row in rows[kind]])
    return table


def _means(rows: Sequence[tuple[float, float, bool]]) -> dict[str, float]:
    count = len(rows)
    return {"n": count, "ndcg10": sum(r[0] for r in rows) / count, "mrr10": sum(r[1] for r in rows) / count, "zero": sum(r[2] for r in rows) / count}


def report(name: str, table: dict[str, dict[str, float]]) -> None:
    """One line a class, and how it stands to clean queries."""
    clean = table["clean"]["ndcg10"]
    print(f"\n{name:<14} {'n':>4} {'nDCG@10':>8} {'MRR@10':>8} {'không có':>9} {'so với clean':>13}")
    for kind, row in table.items():
        print(f"{kind:<14} {row['n']:>4} {row['ndcg10']:>8.3f} {row['mrr10']:>8.3f} {row['zero']:>9.1%} {row['ndcg10'] / clean:>13.3f}")


def squad(path: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """Paragraphs of a SQuAD file, each once, and questions with their paragraph."""
    data = json.loads(path.read_text(encoding="utf-8"))
    paragraphs: dict[str, int] = {}
    questions: list[tuple[str, int]] = []
    for article in data["data"]:
        for paragraph in article["paragraphs"]:
            number = paragraphs.setdefault(paragraph["context"], len(paragraphs))
            questions += [(question["question"], number) for question in paragraph["qas"] if not question.get("is_impossible")]
    return list(paragraphs), questions


def measure_squad(name: str, folder: Path, path: Path) -> dict[str, Any]:
    """Questions as they are and folded, through the site's own reading, correction and ranking."""
    from bench.search_documents import paragraph_document
    from core.vietnamese import fold
    from search import site_search
    from search.site_search import Asked
    from search.synonyms import Thesaurus

    paragraphs, questions = squad(path)
    result: dict[str, Any] = {"engine": name, "paragraphs": len(paragraphs), "questions": len(questions)}
    thesaurus = shipped_thesaurus(Thesaurus())
    with engine_of(name, folder, "squad") as engine:
        spec = site_search.spec()
        build = engine.build(spec)
        build.write(paragraph_document(number, text, spec) for number, text in enumerate(paragraphs, start=1))
        build.finish()
        forms: dict[str, Callable[[str], str]] = {"accented": lambda text: text, "folded": fold}
        for form, change in forms.items():
            ranks: list[int] = []
            for question, number in questions:
                found = site_search._ask(engine, Asked(change(question), size=DEPTH, with_facets=False), [], thesaurus, 0, 0)
                keys = [hit.key for hit in found.hits]
                ranks.append(keys.index(str(number + 1)) + 1 if str(number + 1) in keys else 0)
            result[form] = {
                "mrr10": round(sum(1 / rank for rank in ranks if rank) / len(ranks), 4),
                "ndcg10": round(sum(1 / math.log2(rank + 1) for rank in ranks if rank) / len(ranks), 4),
            }
    return result


def shipped_thesaurus(thesaurus: Any) -> Any:
    """The groups of the data file: no database is needed to measure a question set."""
    import yaml

    for groups in yaml.safe_load((ROOT / "search" / "data" / "synonyms.yaml").read_text(encoding="utf-8")).values():
        for words in groups:
            thesaurus.add(str(word) for word in words)
    return thesaurus


def main() -> int:
    given = os.environ.get("DATA_DIR")
    folder = Path(tempfile.mkdtemp(prefix="portal-relevance-"))
    os.environ.setdefault("PORTAL_ENV", "dev")
    os.environ["DATA_DIR"] = given or str(folder)
    engines = [name.strip() for name in (os.environ.get("ENGINE") or "embedded").split(",")]
    if set(engines) - {"embedded", "elasticsearch"}:
        print("ENGINE nhận embedded hoặc elasticsearch.", file=sys.stderr)
        return 2
    url = os.environ.pop("SEARCH_URL", None)
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    if url:
        os.environ["SEARCH_URL"] = url
    try:
        if os.environ.get("SQUAD"):
            results = [measure_squad(name, folder, Path(os.environ["SQUAD"])) for name in engines]
        else:
            if not given:
                call_command("migrate", verbosity=0)
                with Path(os.devnull).open("w") as nowhere:
                    call_command("load_content", stdout=nowhere)
            results = []
            for name in engines:
                table = measure_site(name, folder)
                report(name, table)
                results.append({"engine": name} | {kind: round(row["ndcg10"], 4) for kind, row in table.items()})
        for result in results:
            print(json.dumps(result, ensure_ascii=False))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
