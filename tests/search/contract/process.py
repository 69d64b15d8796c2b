"""One process of the tests with several: writes books and takes the queue, or builds the index anew, until it is stopped.

python -m tests.search.contract.process ROLE SEED SECONDS
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.search.contract.settings")

import django


def write(random_: random.Random, until: float) -> None:
    """Create, change and delete books, each change noted in its transaction, and drain."""
    from django.db import transaction
    from modelsearch.backends import get_search_backend
    from modelsearch.test.testapp.models import Book

    backend = get_search_backend()
    number = 0
    while time.monotonic() < until:
        number += 1
        with transaction.atomic():
            book = Book.objects.order_by("?").first() if random_.random() < 0.4 else None
            if book is not None and random_.random() < 0.3:
                backend.delete(book)
                book.delete()
            else:
                book = book or Book(publication_date=dt.date(2026, 1, 1), number_of_pages=1)
                book.title = f"Sách {os.getpid()} {number}"
                book.number_of_pages += 1
                book.save()
                backend.add(book)
        print(number, flush=True)


def rebuild(until: float) -> None:
    """Build the index of books again and again."""
    from modelsearch.backends import get_search_backend
    from modelsearch.test.testapp.models import Book

    from search import queue

    engine = get_search_backend().engine
    while time.monotonic() < until:
        try:
            print(queue.rebuild(engine, [Book], chunk=20), flush=True)
        except queue.BuildRefused as error:
            print(error, flush=True)
            time.sleep(0.1)


def search(until: float) -> None:
    """Search without pause; any failure ends the process with a trace."""
    from modelsearch.backends import get_search_backend
    from modelsearch.test.testapp.models import Book

    backend = get_search_backend()
    while time.monotonic() < until:
        results = backend.engine.find(backend.get_index_for_model(Book).spec, backend.search("sách", Book).query_compiler.tree(), size=10)
        print(results.total, flush=True)


if __name__ == "__main__":
    role, seed, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    django.setup()
    end = time.monotonic() + seconds
    print("ready", flush=True)
    if role == "write":
        write(random.Random(seed), end)
    elif role == "rebuild":
        rebuild(end)
    else:
        search(end)
