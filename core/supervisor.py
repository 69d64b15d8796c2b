"""Web and worker as one: they start together, are watched, and end together."""

from __future__ import annotations

import http.client
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from .catalogues import ROOT
from .startup import CannotStart

logger = logging.getLogger(__name__)

Say = Callable[[str], object]

# How long the parts may take to finish what they are doing, before they are killed.
GRACE_SECONDS = 5.0
START_SECONDS = 60.0
LOOK_SECONDS = 0.1
# A worker that died is started again after 1, 2, 4 … seconds; one that lived this long counts as healthy.
LONGEST_WAIT_SECONDS = 60.0
HEALTHY_SECONDS = 60.0


class Supervisor:
    """Runs the web server and the worker until a signal comes or the web server dies."""

    def __init__(self, hosts: list[str], port: int, say: Say) -> None:
        self.hosts, self.port, self.say = hosts, port, say
        self.signals = 0
        self.web: multiprocessing.process.BaseProcess | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self.worker_started_at = 0.0
        self.worker_due_at = 0.0
        self.failures = 0

    def run(self) -> int:
        """Exit code: 0 when it was asked to end, 1 when the web server ended by itself."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.hear)
        try:
            self.start_web()
            self.start_worker()
            self.await_web()
            if not self.signals:
                self.say(f"SẴN SÀNG http://localhost:{self.port}/")
            while not self.signals and self.web_is_alive():
                self.look_after_worker()
                time.sleep(LOOK_SECONDS)
            if not self.signals:
                logger.error("Trang web đã tự dừng (mã %s); dừng cả tiến trình nền. Lý do ở các dòng ngay trên.", self.web and self.web.exitcode)
            return 0 if self.signals else 1
        finally:
            self.end()

    def hear(self, number: int, frame: object) -> None:
        """The first signal asks for an orderly end, the second for an immediate one."""
        self.signals += 1

    def start_web(self) -> None:
        """Fork the web server from this process, whose Django is set up already."""
        from .web_server import serve_web

        binds = [f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}" for host in self.hosts]
        web = multiprocessing.get_context("fork").Process(target=serve_web, args=(binds,), name="web")
        web.start()
        self.web = web

    def web_is_alive(self) -> bool:
        """Whether the web server's master runs."""
        return self.web is not None and self.web.is_alive()

    def start_worker(self) -> None:
        """Start `manage.py run_worker` as its own process, visible under its own name."""
        command = [sys.executable, str(Path(ROOT) / "manage.py"), "run_worker", "--supervisor", str(os.getpid())]
        self.worker = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self.worker_started_at = time.monotonic()
        self.worker_due_at = 0.0

    def look_after_worker(self) -> None:
        """Start a worker that died again, each time after a longer wait."""
        if self.worker_due_at:
            if time.monotonic() >= self.worker_due_at:
                self.start_worker()
            return
        if self.worker is None or self.worker.poll() is None:
            return
        lived = time.monotonic() - self.worker_started_at
        self.failures = 1 if lived >= HEALTHY_SECONDS else self.failures + 1
        wait = min(2.0 ** (self.failures - 1), LONGEST_WAIT_SECONDS)
        logger.warning("Tiến trình nền đã dừng (mã %s); khởi động lại sau %.0f giây.", self.worker.returncode, wait)
        self.worker_due_at = time.monotonic() + wait

    def await_web(self) -> None:
        """Wait until the web server answers, whatever it answers."""
        deadline = time.monotonic() + START_SECONDS
        while not self.signals and not self.answers():
            if not self.web_is_alive():
                raise CannotStart("Trang web không khởi động được. Lý do ở các dòng ngay trên; sửa rồi chạy lại.")
            if time.monotonic() > deadline:
                raise CannotStart(f"Sau {START_SECONDS:.0f} giây trang web vẫn chưa trả lời. Hãy xem máy có quá tải không rồi chạy lại.")
            time.sleep(LOOK_SECONDS / 2)

    def answers(self) -> bool:
        """Whether /healthz gives any HTTP answer."""
        connection = http.client.HTTPConnection(self.hosts[0], self.port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/healthz", headers={"Host": urlsplit(settings.SITE_URL).netloc})
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def end(self) -> None:
        """End both parts: asked first, killed when they do not end in time or a second signal comes."""
        if self.web is not None and self.web.is_alive():
            self.web.terminate()
        if self.worker is not None and self.worker.poll() is None:
            self.worker.terminate()
        asked_at, signals = time.monotonic(), self.signals
        while self.web_is_alive() or (self.worker is not None and self.worker.poll() is None):
            if time.monotonic() - asked_at > GRACE_SECONDS or self.signals > max(signals, 1):
                self.kill()
                break
            time.sleep(LOOK_SECONDS / 2)

    def kill(self) -> None:
        """The last resort. Gunicorn's children notice by themselves that their master is gone."""
        if self.web is not None and self.web.is_alive():
            self.web.kill()
        if self.worker is not None and self.worker.poll() is None:
            self.worker.kill()
