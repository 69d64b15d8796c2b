"""What must hold before anything starts, and how a failure speaks.

Imported before Django's settings are: only the standard library here. The messages are for the person at
the terminal, before any catalogue can be loaded, so they are plain Vietnamese and not gettext's.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.migrations.loader import MigrationLoader

OLDEST_PYTHON = (3, 11)
# Below this, the first upload or index would fail half-way.
LEAST_FREE_BYTES = 64 * 1024 * 1024

# Packages that the site once used: their traces in an old database are not signs of a newer version.
RETIRED_APPS: frozenset[str] = frozenset()


class CannotStart(Exception):
    """The site cannot start here and now. The message is one Vietnamese line that says what to do."""

    exit_code = 2


NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
DISK_FULL = "Đĩa đã đầy. Hãy dọn bớt đĩa, hoặc đặt biến DATA_DIR sang một đĩa còn chỗ, rồi chạy lại."
NOT_WRITABLE = "Không ghi được vào thư mục dữ liệu {folder}. Hãy sửa quyền của thư mục ấy, hoặc đặt biến DATA_DIR sang thư mục ghi được, rồi chạy lại."

# What a database's own message means for a person; the first that is contained is shown.
DATABASE_TROUBLES = [
    ("database or disk is full", DISK_FULL),
    ("disk i/o error", "Đĩa không đọc, ghi được. Hãy kiểm tra đĩa (dung lượng, hạn mức, lỗi phần cứng) rồi chạy lại."),
    ("readonly database", "Tệp cơ sở dữ liệu chỉ cho đọc. Hãy sửa quyền của các tệp trong thư mục dữ liệu rồi chạy lại."),
    ("unable to open database file", "Không mở được tệp cơ sở dữ liệu. Hãy kiểm tra DATA_DIR, DATABASE_URL và quyền của thư mục rồi chạy lại."),
    ("file is not a database", "Tệp cơ sở dữ liệu đã hỏng. Hãy khôi phục từ bản sao lưu, hoặc đặt DATA_DIR sang thư mục khác."),
    ("database disk image is malformed", "Tệp cơ sở dữ liệu đã hỏng. Hãy khôi phục từ bản sao lưu, hoặc đặt DATA_DIR sang thư mục khác."),
    ("database is locked", "Cơ sở dữ liệu đang bị tiến trình khác giữ. Hãy dừng các tiến trình khác của trang rồi chạy lại."),
    ("authentication failed", "Cơ sở dữ liệu từ chối tài khoản. Hãy kiểm tra tên và mật khẩu trong DATABASE_URL rồi chạy lại."),
    ("does not exist", "Chưa có cơ sở dữ liệu mà DATABASE_URL nêu tên. Hãy tạo nó trên máy chủ rồi chạy lại."),
    ("connection", "Không nối được cơ sở dữ liệu. Hãy kiểm tra DATABASE_URL và máy chủ cơ sở dữ liệu rồi chạy lại."),
]


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    """Refuse an interpreter that the libraries do not support."""
    if version < OLDEST_PYTHON:
        raise CannotStart(f"Python {version[0]}.{version[1]} quá cũ: cần Python 3.11 trở lên. Hãy cài bản mới rồi chạy lại `make run`.")


def read_env_file(path: Path) -> None:
    """Take over the variables of a `.env` file that the environment does not set itself; tests never read it."""
    if os.environ.get("PORTAL_ENV") != "test" and path.is_file():
        from environ import Env

        Env.read_env(path)


def check_data_dir(folder: Path, *, least_free_bytes: int = 0) -> None:
    """Make the folder of all state if it is missing; refuse when it cannot be written or is (nearly) full."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise CannotStart(DISK_FULL if error.errno in NO_ROOM else NOT_WRITABLE.format(folder=folder)) from error
    if free < least_free_bytes:
        raise CannotStart(
            f"Đĩa chứa thư mục dữ liệu chỉ còn {free // 1024**2} MB, cần ít nhất {least_free_bytes // 1024**2} MB. {DISK_FULL.partition('. ')[2]}"
        )


def read_port(text: str) -> int:
    """The number behind PORT."""
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 65535:
        raise CannotStart(f"PORT={text!r} không phải số cổng. Hãy chọn một số từ 1024 đến 65535, ví dụ: make run PORT=8123")
    return int(text)


def check_port(hosts: list[str], port: int) -> None:
    """Refuse a port that another process serves, or that this user may not use."""
    for host in hosts:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As the web server will: a port left by a server that just ended is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CannotStart(_explain_port(error, host, port)) from error


def _explain_port(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Cổng {port} đang có chương trình khác dùng. Hãy dừng chương trình ấy, hoặc chọn cổng khác: make run PORT={port + 1 if port < 65535 else 8000}"
    if error.errno == errno.EACCES:
        return f"Không được phép mở cổng {port}. Hãy chọn cổng từ 1024 trở lên, ví dụ: make run PORT=8000"
    return f"Không mở được địa chỉ {host}, cổng {port}: {error.strerror}. Hãy chọn địa chỉ của chính máy này."


def loopback_hosts() -> list[str]:
    """Where "localhost" leads on this machine: IPv4 always, IPv6 where there is one. A browser may try either."""
    if socket.has_ipv6:
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
            return ["127.0.0.1", "::1"]
    return ["127.0.0.1"]


def unknown_migrations(loader: MigrationLoader) -> list[tuple[str, str]]:
    """Applied migrations that this code does not have, as (app, name), sorted.

    A package may drop old migrations that it once squashed, so of a package only those count that are numbered above
    its newest.
    """
    from django.apps import apps

    known = set(loader.disk_migrations or {})
    newest = {app: max(name for label, name in known if label == app) for app in {app for app, _ in known}}
    ours = {config.label for config in apps.get_app_configs() if "site-packages" not in config.path}
    unknown = [migration for migration in loader.applied_migrations or {} if migration not in known and migration[0] not in RETIRED_APPS]
    return sorted((app, name) for app, name in unknown if app in ours or name > newest.get(app, ""))


def check_database_version(loader: MigrationLoader) -> None:
    """Refuse a database that a newer version of the code has changed."""
    unknown = unknown_migrations(loader)
    if unknown:
        step = ".".join(unknown[-1])
        raise CannotStart(
            f"Cơ sở dữ liệu thuộc phiên bản mới hơn mã nguồn này (có bước {step}). Hãy cập nhật mã nguồn (git pull) rồi chạy lại, hoặc dùng bản sao lưu cũ."
        )


def explain(error: BaseException) -> str | None:
    """The Vietnamese line for a trouble of disk or database, looked for along the chain of causes; None when it is another."""
    cause: BaseException | None = error
    while cause is not None:
        # Django's own errors are not importable yet here: this one is known by its name, its messages are ours.
        if isinstance(cause, CannotStart) or type(cause).__name__ == "ImproperlyConfigured":
            return str(cause)
        if isinstance(cause, OSError) and cause.errno in NO_ROOM:
            return DISK_FULL
        if isinstance(cause, sqlite3.Error) or (type(cause).__module__.startswith("psycopg") and type(cause).__name__ == "OperationalError"):
            for words, advice in DATABASE_TROUBLES:
                if words in str(cause).lower():
                    return advice
        cause = cause.__cause__
    return None


@contextlib.contextmanager
def speaking_plainly() -> Iterator[None]:
    """Turn a known trouble of the machine into its one line and exit code 2; anything else keeps its traceback."""
    try:
        yield
    except Exception as error:
        line = explain(error)
        if line is None:
            raise
        print(line, file=sys.stderr)
        raise SystemExit(CannotStart.exit_code) from error
