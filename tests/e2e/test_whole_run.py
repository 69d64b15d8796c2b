"""`manage.py serve` as a person runs it: one port, one folder, web and worker together."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# The first start migrates and loads everything; the machine may be doing other things.
FIRST_START_SECONDS = 300
SECOND_START_SECONDS = 60
END_SECONDS = 15

pytestmark = pytest.mark.timeout(600)


class Site:
    """One running `manage.py serve` in a process group of its own, as under a terminal."""

    def __init__(self, data_dir: Path, port: int) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in {"PORTAL_ENV", "DATABASE_URL", "SITE_URL", "ALLOWED_HOSTS"}}
        environment |= {"DATA_DIR": str(data_dir), "PORT": str(port), "SEED_PASSWORD": "mat-khau-thu-nghiem"}
        self.port = port
        self.log = data_dir.parent / f"serve-{time.monotonic_ns()}.log"
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def await_ready(self, seconds: float) -> float:
        """Seconds until the ready line."""
        line = f"SẴN SÀNG http://localhost:{self.port}/\n"
        until(lambda: line in self.said() or self.process.poll() is not None, seconds)
        assert line in self.said(), self.said()
        return time.monotonic() - self.started_at

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def parts(self) -> dict[str, dict[str, object]]:
        return json.loads(self.get("/readyz")[1])["parts"]

    def worker_pids(self) -> list[int]:
        """The worker processes of this site, by their command line."""
        pids = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = entry.read_bytes().split(b"\0")
            except OSError:
                continue
            if b"run_worker" in words and str(self.process.pid).encode() in words:
                pids.append(int(entry.parent.name))
        return pids

    def processes(self) -> list[int]:
        """Every living process of its group; zombies have nothing left to do."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _parent, group = entry.read_text().rpartition(") ")[2].split()[:3]
            except OSError:
                continue
            if int(group) == self.process.pid and state != "Z":
                found.append(int(entry.parent.name))
        return found

    def interrupt(self) -> None:
        """Ctrl-C: the terminal sends it to every process of the group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def await_end(self) -> int:
        return self.process.wait(END_SECONDS)

    def kill(self) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self.process.wait(END_SECONDS)


def until(holds: Callable[[], object], seconds: float) -> None:
    """Wait for something to hold, and go on in any case: the assertion after it speaks better."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the module: only the first start is long."""
    return tmp_path_factory.mktemp("run") / "var"


@pytest.fixture
def serve(data_dir: Path) -> Iterator[Callable[[], Site]]:
    sites: list[Site] = []

    def serve(port: int | None = None) -> Site:
        sites.append(Site(data_dir, port or free_port()))
        return sites[-1]

    yield serve
    for site in sites:
        if site.process.poll() is None:
            site.kill()


def test_a_first_start_prepares_everything_and_one_ctrl_c_ends_everything(serve, data_dir):
    site = serve()
    first = site.await_ready(FIRST_START_SECONDS)

    assert site.get("/healthz") == (200, "ok")
    assert site.get("/")[0] == 200
    until(lambda: site.parts()["worker"]["state"] == "ok", 30)
    assert {name: part["state"] for name, part in site.parts().items()} == dict.fromkeys(["database", "search", "cache", "storage", "worker", "disk"], "ok")
    assert len(site.worker_pids()) == 1

    site.interrupt()
    assert site.await_end() == 0
    until(lambda: not site.processes(), 5)
    assert site.processes() == []
    assert "Traceback" not in site.said(), site.said()

    again = serve(site.port)
    second = again.await_ready(SECOND_START_SECONDS)
    assert second < first / 2
    assert "Nội dung" not in again.said()
    again.process.send_signal(signal.SIGTERM)
    assert again.await_end() == 0
    until(lambda: not again.processes(), 5)
    assert again.processes() == []


def test_a_port_in_use_is_told_in_one_line_and_the_running_site_goes_on(serve):
    site = serve()
    site.await_ready(FIRST_START_SECONDS)

    second = serve(site.port)

    assert second.process.wait(30) == 2
    assert second.said().count("\n") == 1
    assert f"Cổng {site.port} đang có chương trình khác dùng" in second.said()
    assert site.get("/healthz")[0] == 200


def test_a_worker_that_dies_comes_back_and_the_site_does_not_notice(serve):
    site = serve()
    site.await_ready(FIRST_START_SECONDS)
    until(site.worker_pids, 10)
    (pid,) = site.worker_pids()

    os.kill(pid, signal.SIGKILL)

    until(lambda: site.worker_pids() not in ([], [pid]), 20)
    assert site.worker_pids() not in ([], [pid])
    assert "Tiến trình nền đã dừng" in site.said()
    assert site.get("/healthz")[0] == 200


def test_a_killed_supervisor_leaves_nothing_behind(serve):
    site = serve()
    site.await_ready(FIRST_START_SECONDS)
    until(site.worker_pids, 10)

    os.kill(site.process.pid, signal.SIGKILL)
    site.process.wait(5)

    until(lambda: not site.processes(), 15)
    assert site.processes() == []


def test_when_the_web_server_dies_everything_ends(serve):
    site = serve()
    site.await_ready(FIRST_START_SECONDS)
    until(site.worker_pids, 10)
    web = [pid for pid in site.processes() if pid != site.process.pid and pid not in site.worker_pids()]
    master = min(web)

    os.kill(master, signal.SIGKILL)

    assert site.await_end() == 1
    until(lambda: not site.processes(), 15)
    assert site.processes() == []


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(serve, data_dir):
    site = serve()
    site.await_ready(FIRST_START_SECONDS)
    site.interrupt()
    site.await_end()
    with sqlite3.connect(data_dir / "portal.sqlite3") as database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('news', '9999_from_tomorrow', '2030-01-01')")

    try:
        refused = serve()
        assert refused.process.wait(60) == 2
        assert refused.said().count("\n") == 1
        assert "news.9999_from_tomorrow" in refused.said()
    finally:
        with sqlite3.connect(data_dir / "portal.sqlite3") as database:
            database.execute("DELETE FROM django_migrations WHERE name = '9999_from_tomorrow'")


def test_a_full_disk_is_told_in_one_line(data_dir):
    """A file system of one megabyte needs root; elsewhere the unit test of the same rule stands alone."""
    folder = data_dir.parent / "full"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("không gắn được ổ đĩa thử")
    try:
        site = Site(folder / "var", free_port())
        assert site.process.wait(60) == 2
        assert site.said().count("\n") == 1
        assert "Đĩa" in site.said()
    finally:
        subprocess.run(["umount", str(folder)], check=False)
