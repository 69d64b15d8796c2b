"""Several processes on one index, and one killed at any moment: the index opens, and the queue catches up."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What the database and the index say, compared after the queue is taken.
COMPARE = """
import os, django; django.setup()
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL
from modelsearch.test.testapp.models import Book
from search import queue
from search.models import IndexBuild, IndexChange
backend = get_search_backend()
IndexBuild.objects.all().update(beaten_at="2020-01-01T00:00:00Z")
queue.forget_lost_builds(backend.engine)
queue.drain(backend.engine, wait_seconds=20)
print(IndexChange.objects.filter(is_kept=False).count(), IndexChange.objects.count() if not IndexBuild.objects.exists() else "building")
spec = backend.get_index_for_model(Book).spec
keys = backend.engine.keys(spec, backend.search(MATCH_ALL, Book).query_compiler.tree())
books = {str(pk): title for pk, title in Book.objects.values_list("pk", "title")}
assert len(keys) == len(set(keys)), "a book twice"
assert set(keys) == set(books), (set(keys) ^ set(books))
for title in list(books.values())[-40:]:
    found = backend.search(title, Book)
    assert title in [book.title for book in found[:20]], title
print("same", len(books))
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    environment = os.environ | {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/contract.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tests.search.contract.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "PYTHONWARNINGS": "ignore",
        "SEARCH_CONTRACT": "search.backends.embedded",
    }
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        started.append(process)
        return process

    for command in (["migrate", "-v0", "--run-syncdb"], ["rebuild_modelsearch_index", "-v0"]):
        output, _ = (process := start("-m", "django", *command)).communicate(timeout=120)
        assert process.returncode == 0, output
    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def run(start: Callable[..., subprocess.Popen[str]], role: str, seed: int, seconds: float) -> subprocess.Popen[str]:
    process = start("-m", "tests.search.contract.process", role, str(seed), str(seconds))
    assert process.stdout
    assert process.stdout.readline().strip() == "ready"
    return process


def assert_index_is_what_the_database_says(start: Callable[..., subprocess.Popen[str]]) -> None:
    output, _ = (process := start("-c", COMPARE)).communicate(timeout=120)
    assert process.returncode == 0, output
    assert "0 0" in output
    assert "same" in output


def test_writers_builders_and_readers_share_an_index(start: Callable[..., subprocess.Popen[str]]) -> None:
    processes = [run(start, role, seed, 6) for seed, role in enumerate(("write", "write", "write", "rebuild", "search"))]

    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0, output
        assert len(output.split()) > 3
    assert_index_is_what_the_database_says(start)


@pytest.mark.parametrize("role", ["write", "rebuild"])
def test_a_killed_process_leaves_an_index_that_opens_and_a_queue_that_catches_up(start: Callable[..., subprocess.Popen[str]], role: str) -> None:
    moments = random.Random(36)
    for seed in range(5):
        beside = run(start, "write", 100 + seed, 3.0)
        process = run(start, role, seed, 60)
        time.sleep(moments.uniform(0.1, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        output, _ = beside.communicate(timeout=120)
        assert beside.returncode == 0, output

    assert_index_is_what_the_database_says(start)
