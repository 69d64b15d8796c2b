"""A start that cannot succeed says why in one Vietnamese line, and what to do."""

from __future__ import annotations

import errno
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core import startup
from core.startup import CannotStart

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def one_line(error: BaseException) -> str:
    text = str(error)
    assert text
    assert "\n" not in text
    return text


def test_a_port_in_use_is_refused_and_another_is_proposed(busy_port):
    with pytest.raises(CannotStart) as refusal:
        startup.check_port(["127.0.0.1"], busy_port)

    assert f"Cổng {busy_port} đang có chương trình khác dùng" in one_line(refusal.value)
    assert "make run PORT=" in str(refusal.value)


def test_a_port_that_a_server_just_left_is_free(busy_port):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]

    startup.check_port(["127.0.0.1"], free)


@pytest.mark.parametrize("text", ["", "abc", "0", "-1", "65536", "80.5", "٣"])
def test_a_port_that_is_none_is_refused(text):
    with pytest.raises(CannotStart, match="PORT="):
        startup.read_port(text)


def test_the_data_folder_is_made_and_left_clean(tmp_path):
    folder = tmp_path / "a" / "b"

    startup.check_data_dir(folder, least_free_bytes=1)

    assert list(folder.iterdir()) == []


def test_a_data_folder_that_cannot_be_is_refused_by_name(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CannotStart, match=r"Không ghi được vào thư mục dữ liệu .*file/var.*DATA_DIR"):
        startup.check_data_dir(tmp_path / "file" / "var")


def test_too_little_room_is_refused(tmp_path):
    with pytest.raises(CannotStart, match=r"cần ít nhất .* MB.*dọn bớt đĩa"):
        startup.check_data_dir(tmp_path, least_free_bytes=10**18)


def test_an_old_python_is_refused():
    with pytest.raises(CannotStart, match=r"Python 3\.8 quá cũ"):
        startup.check_python((3, 8, 18))


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Đĩa đã đầy"),
        (sqlite3.OperationalError("database or disk is full"), "Đĩa đã đầy"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "chỉ cho đọc"),
        (sqlite3.OperationalError("unable to open database file"), "Không mở được"),
        (sqlite3.DatabaseError("file is not a database"), "đã hỏng"),
        (sqlite3.OperationalError("database is locked"), "đang bị tiến trình khác giữ"),
        (CannotStart("Một dòng."), "Một dòng."),
    ],
)
def test_known_troubles_are_explained_through_what_wraps_them(cause, words):
    wrapped = DatabaseError("…")
    wrapped.__cause__ = cause

    assert words in (startup.explain(wrapped) or "")


def test_an_unknown_error_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError), startup.speaking_plainly():
        _ = 1 / 0


def test_a_known_trouble_ends_with_code_2(capsys):
    with pytest.raises(SystemExit) as end, startup.speaking_plainly():
        raise OSError(errno.ENOSPC, "No space left on device")

    assert end.value.code == 2
    assert capsys.readouterr().err.strip() == startup.DISK_FULL


@pytest.mark.django_db
def test_the_database_of_this_version_is_accepted():
    startup.check_database_version(MigrationLoader(connection))


@pytest.mark.django_db
@pytest.mark.parametrize(("app", "name"), [("core", "0999_from_tomorrow"), ("wagtailcore", "9999_from_tomorrow"), ("a_new_room", "0001_initial")])
def test_a_database_of_a_newer_version_is_refused(app, name):
    MigrationRecorder(connection).record_applied(app, name)

    with pytest.raises(CannotStart) as refusal:
        startup.check_database_version(MigrationLoader(connection))

    assert f"{app}.{name}" in one_line(refusal.value)
    assert "phiên bản mới hơn" in str(refusal.value)


@pytest.mark.django_db
def test_a_step_that_a_package_squashed_long_ago_is_no_newer_version():
    MigrationRecorder(connection).record_applied("wagtailcore", "0002_initial_data_of_old")

    startup.check_database_version(MigrationLoader(connection))


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/self").exists(), reason="cần một thư mục mà root cũng không ghi được")
def test_the_command_line_prints_one_line_and_exits_with_2():
    environment = {**os.environ, "DATA_DIR": "/proc/self/portal", "PORTAL_ENV": "production"}

    done = subprocess.run([sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "DATA_DIR" in done.stderr


@pytest.mark.parametrize("name", ["python3.8", "python3.9", "python3.10"])
def test_bootstrap_tells_an_old_python_in_one_line(name):
    try:
        done = subprocess.run([name, "deploy/bootstrap.py"], cwd=ROOT, capture_output=True, timeout=60)
    except OSError:
        pytest.skip(f"máy không có {name}")
    if done.returncode == 127:
        pytest.skip(f"máy không có {name}")

    text = done.stdout.decode()
    assert done.returncode == 2
    assert text.count("\n") == 1
    assert "quá cũ" in text
    assert "3.11" in text
