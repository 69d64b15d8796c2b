"""The database follows the models, every step can be taken back, and the rooms' arrows point one way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["core", "topics", "home", "news", "achievements", "knowledge_base", "programme", "search", "editorial", "outreach", "opendata"]
# Wagtail's own tables stand on our accounts: the step that makes them is looked at, not taken back.
BACK_AND_FORTH = """
import os, sys
sys.path += [".", "site"]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
import django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", "core", "0001_user", verbosity=0)
print(*connection.introspection.table_names())
call_command("migrate", verbosity=0)
"""


@pytest.mark.django_db
def test_no_model_has_changed_without_its_migration():
    loader = MigrationLoader(connection)
    # Names on screen are compared as message ids, not as this test's language shows them.
    with translation.override(None):
        changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)

    assert {app: [str(operation) for migration in found for operation in migration.operations] for app, found in changes.items()} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_every_step_of_a_room_knows_its_way_back(room):
    migrations = [migration for (app, _name), migration in MigrationLoader(None).disk_migrations.items() if app == room]

    assert [f"{migration.name}: {operation}" for migration in migrations for operation in migration.operations if not operation.reversible] == []


# Twelve seconds alone on a machine, longer beside others.
@pytest.mark.timeout(300)
def test_all_rooms_can_be_taken_back_and_built_again(blank_database: Any, tmp_path: Path, django_db_blocker: Any):
    path = tmp_path / "portal.sqlite3"
    with sqlite3.connect(path) as copy, django_db_blocker.unblock():
        connection.ensure_connection()
        connection.connection.backup(copy)
    tables = {model._meta.db_table for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)}
    before = schema(path, tables)

    taken_back = tables_after(tmp_path, BACK_AND_FORTH)

    assert taken_back & tables == {"core_user", "core_user_groups", "core_user_user_permissions"}
    assert schema(path, tables) == before


def tables_after(data_dir: Path, program: str) -> set[str]:
    """Run a program on a database of its own; the tables that it names on its last line."""
    env = {**os.environ, "PORTAL_ENV": "production", "DATA_DIR": str(data_dir), "DATABASE_URL": f"sqlite:///{data_dir / 'portal.sqlite3'}"}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return set(done.stdout.split("\n")[-2].split())


def schema(path: Path, tables: set[str]) -> set[str]:
    """Columns and indexes of some tables, as "table.column type" and "table.index"."""
    found: set[str] = set()
    with sqlite3.connect(path) as database:
        for table in tables:
            found |= {f"{table}.{row[1]} {row[2]} {row[3]}" for row in database.execute(f"PRAGMA table_info({table})")}
            found |= {f"{table}.{row[1]} {row[2]}" for row in database.execute(f"PRAGMA index_list({table})")}
    return found


def test_the_arrows_between_the_rooms_point_one_way(capsys: Any):
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0, capsys.readouterr().out
