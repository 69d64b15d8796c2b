"""Databases kept aside: the real content is loaded once a run, and put in place for the modules that ask for it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection


class Snapshot:
    """A copy of the test database as it is now, in memory. Made and restored outside any transaction, in milliseconds."""

    def __init__(self) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("The loaded site is kept aside by SQLite's own backup.")
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        connection.ensure_connection()
        connection.connection.backup(self._kept)

    def restore(self) -> None:
        """Make the test database what it was when the snapshot was taken."""
        connection.ensure_connection()
        self._kept.backup(connection.connection)


@dataclass
class LoadedSite:
    """What the first load said, a line an item."""

    lines: list[str] = field(default_factory=list)
    snapshot: Any = None

    def write(self, text: str) -> None:
        """The command's output goes here."""
        self.lines += text.splitlines()


def load_site() -> LoadedSite:
    """Load all real content into the test database, as `manage.py load_content` does."""
    loaded = LoadedSite()
    call_command("load_content", stdout=loaded, skip_checks=True)
    loaded.snapshot = Snapshot()
    return loaded
