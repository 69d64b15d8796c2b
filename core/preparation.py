"""Everything that must be true before the site serves: database, words, static files, content, accounts.

Each step first asks, cheaply, whether it has anything to do: a second start does nothing and is fast.
What a step last saw is kept as a fingerprint in DATA_DIR/prepared.json; losing that file only costs time.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from .catalogues import ROOT, compile_catalogues, forget_loaded_catalogues
from .management.commands.migrate import Command as Migrate
from .startup import check_database_version

Say = Callable[[str], object]

# Commands of other rooms, in order. One that does not exist (a room left out) is passed over.
CONTENT_COMMANDS = [
    ("setup_roles", "Vai trò và quyền"),
    ("load_content", "Nội dung"),
    ("seed_accounts", "Tài khoản"),
]


class Prepared:
    """The fingerprints of the last preparation, kept under DATA_DIR."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "prepared.json"
        try:
            seen = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            seen = {}
        self.seen: dict[str, str] = seen if isinstance(seen, dict) else {}

    def is_new(self, step: str, fingerprint: str) -> bool:
        """Whether that step saw something else the last time."""
        return self.seen.get(step) != fingerprint

    def remember(self, step: str, fingerprint: str) -> None:
        """Note that the step is done for what it saw."""
        self.seen[step] = fingerprint
        draft = self.path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(self.seen, indent=1), encoding="utf-8")
        draft.replace(self.path)

    def forget(self) -> None:
        """Do every step again: the database is not the one that was prepared."""
        self.seen = {}


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time prepare a DATA_DIR."""
    with (folder / "prepare.lock").open("w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        except ImportError:
            pass  # Windows has no flock; there two starts at once stay the operator's own affair.
        yield


def prepare(say: Say) -> None:
    """Bring the site to where it can serve. `say` gets one Vietnamese line for each thing that was done."""
    folder = Path(settings.DATA_DIR)
    with alone(folder):
        prepared = Prepared(folder)
        if compile_catalogues():
            forget_loaded_catalogues()
            say("Bản dịch: đã biên dịch.")
        if migrate(say):
            prepared.forget()
        collect_static(prepared, say)
        load_content(prepared, say)
        align_site(say)
        build_index(say)
    connection.close()


def migrate(say: Say) -> bool:
    """Bring the database to the code's version. True when something was applied."""
    executor = MigrationExecutor(connection)
    check_database_version(executor.loader)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return False
    say(f"Cơ sở dữ liệu: {len(plan)} bước cập nhật …")
    call_command(QuietMigrate(say, len(plan)), interactive=False, verbosity=1, stdout=io.StringIO())
    return True


class QuietMigrate(Migrate):
    """Django's migrate, which tells how far it is in one line every forty steps."""

    def __init__(self, say: Say, total: int) -> None:
        super().__init__()
        self.say, self.total, self.done = say, total, 0

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        """Called by Django around each step."""
        if action == "apply_success":
            self.done += 1
            if self.done % 40 == 0 or self.done == self.total:
                self.say(f"Cơ sở dữ liệu: {self.done}/{self.total}")


class CountedOutput(io.StringIO):
    """Takes a loader's line for each item, and tells only their number, every fifty."""

    def __init__(self, say: Say, label: str) -> None:
        super().__init__()
        self.say, self.label, self.lines = say, label, 0

    def write(self, text: str) -> int:
        """Called by Django's output wrapper, a line at a time."""
        before, self.lines = self.lines, self.lines + text.count("\n")
        if self.lines // 50 > before // 50:
            self.say(f"{self.label}: {self.lines} mục …")
        return super().write(text)

    def tail(self) -> str:
        """The last lines, for when it fails."""
        return "\n".join(self.getvalue().splitlines()[-5:])


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    """A mark that changes when a file comes, goes or is written, or one of `more` differs."""
    mark = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        about = path.stat()
        mark.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return mark.hexdigest()


def files_under(*folders: Path) -> Iterator[Path]:
    """Every file in these folders, however deep; a folder that is missing is empty."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def rooms() -> list[Path]:
    """The folders of our own applications."""
    return [Path(config.path) for config in apps.get_app_configs() if "site-packages" not in config.path]


def collect_static(prepared: Prepared, say: Say) -> None:
    """Gather, hash and compress static files when ours, the packages or the storage changed."""
    storage = settings.STORAGES["staticfiles"]["BACKEND"]
    if settings.DEBUG:
        return
    packages = hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest()
    mark = fingerprint(files_under(ROOT / "static", *(room / "static" for room in rooms())), packages, storage, str(settings.STATIC_URL))
    if not prepared.is_new("static", mark) and Path(settings.STATIC_ROOT).is_dir():
        return
    say("Tệp tĩnh: đang gom và nén …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    prepared.remember("static", mark)


def load_content(prepared: Prepared, say: Say) -> None:
    """Roles, content and accounts, when a data file or what loads it changed. Each command can run twice without harm."""
    loaders = [ROOT / "core" / "content", ROOT / "core" / "management", ROOT / "editorial" / "management", ROOT / "programme"]
    source = getattr(settings, "SOURCE_DIR", None)
    files = files_under(*(room / "data" for room in rooms()), *loaders, *([Path(source)] if source else []))
    # The password itself is not kept: only a mark that nobody can turn back without the key.
    password = hmac.new(settings.SECRET_KEY.encode(), settings.SEED_PASSWORD.encode(), "sha256").hexdigest()
    mark = fingerprint(files, password)
    if not prepared.is_new("content", mark):
        return
    commands = get_commands()
    for name, label in CONTENT_COMMANDS:
        if name in commands:
            say(f"{label} …")
            counted = CountedOutput(say, label)
            try:
                call_command(name, stdout=counted)
            except Exception:
                say(counted.tail())
                raise
    prepared.remember("content", mark)


def align_site(say: Say) -> None:
    """Give Wagtail's Site the host and port of SITE_URL, so that canonicals, feeds and mails carry them."""
    from wagtail.models import Site

    address = urlsplit(settings.SITE_URL)
    host, port = address.hostname or "localhost", address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site and (site.hostname, site.port) != (host, port):
        site.hostname, site.port = host, port
        site.save(update_fields=["hostname", "port"])
        say(f"Địa chỉ của trang: {settings.SITE_URL}")


def build_index(say: Say) -> None:
    """Build a search index that is missing. An engine that is down stops nothing: pages go on without it, and the worker tries again."""
    if "update_index" not in get_commands():
        return
    output = io.StringIO()
    try:
        call_command("update_index", missing=True, stdout=output)
    except CommandError as error:
        say(f"Chỉ mục tìm kiếm: chưa dựng được ({error}).")
    else:
        for line in output.getvalue().splitlines():
            if line.startswith("Chỉ mục"):
                say(line)
