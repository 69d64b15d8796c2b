"""A right that one process at a time has, gone with the process that had it: a lock in the database, or on a file where that is a file."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.db import connection


@contextlib.contextmanager
def alone_on_file(path: Path) -> Iterator[bool]:
    """Yields whether the lock is ours. Raises OSError where the file cannot be made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        yield _lock(file.fileno())


@contextlib.contextmanager
def alone_in_database(name: str, path: Path) -> Iterator[bool]:
    """The same among all machines that share a PostgreSQL; on SQLite they are one machine, and a file does."""
    if connection.vendor != "postgresql":
        with alone_on_file(path) as is_ours:
            yield is_ours
        return
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def _lock(descriptor: int) -> bool:
    if os.name == "nt":
        # Windows: one process serves and works there; tantivy's own lock still keeps two writers apart.
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
