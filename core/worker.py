"""The one process behind the site: the queue of tasks, the schedule, and a heartbeat that /readyz shows.

The queue and the schedule have a thread each, so that a task of ten minutes delays no publication.
The heart beats in the main thread, and only while all threads live.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connections
from django.utils import timezone
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from . import schedule
from .models import WorkerHeartbeat
from .tasks import WORKER_LOST_AFTER, is_moot, retry_of

logger = logging.getLogger(__name__)

QUEUE_SECONDS = 0.5
SCHEDULE_SECONDS = 1.0
BEAT_SECONDS = 5.0
LOOK_SECONDS = 0.2
# A task that is still running this long after the signal is left; it goes back into the queue.
GRACE_SECONDS = 4.0
LONGEST_WAIT_SECONDS = 30.0


class Queue(Worker):
    """django-tasks-db's worker, one task at a time on our own loop."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(
            queue_names=["*"],
            interval=QUEUE_SECONDS,
            batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        self.doing = ""

    def run_next(self) -> bool:
        """Do the next ready task; False when there is none."""
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        # Looking costs no lock; only what is there is claimed under one.
        if not ready.exists():
            return False
        with exclusive_transaction(ready.db):
            result = ready.get_locked()
            if result is None:
                return False
            result.claim(self.worker_id)
        self.doing = result.task_path
        try:
            self.run_task(result)
        finally:
            self.doing = ""
        attempts = len(result.worker_ids)
        if result.status == TaskResultStatus.FAILED and attempts >= retry_of(result.task_path).attempts and not is_moot(result):
            logger.error("Việc %s hỏng lần %s, không làm lại nữa.\n%s", result.task_path, attempts, result.traceback)
        return True


# What rooms do without pause, each in a thread of its own: name, one step (True when there was something to do), seconds between.
_loops: list[tuple[str, Callable[[], object], float]] = []


def also(name: str, step: Callable[[], object], pause: float) -> None:
    """Give the worker one more loop; a room calls this in `apps.ready`."""
    _loops.append((name, step, pause))


class PortalWorker:
    """Queue, schedule, the rooms' loops and heartbeat until told to stop."""

    def __init__(self, *, supervisor: int | None = None) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(3)}"
        self.supervisor = supervisor
        self.stopping = threading.Event()
        self.queue = Queue(self.name)
        self.threads = [
            threading.Thread(target=self.loop, args=(self.queue.run_next, QUEUE_SECONDS), name="queue", daemon=True),
            threading.Thread(target=self.loop, args=(schedule.run_due, SCHEDULE_SECONDS), name="schedule", daemon=True),
            *(threading.Thread(target=self.loop, args=(step, pause), name=name, daemon=True) for name, step, pause in _loops),
        ]

    def run(self) -> int:
        """Work until a signal. Exit code: 0 after an orderly end, 1 when a thread died."""
        asked = []
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, frame: asked.append(number))
        if self.supervised:
            # A terminal sends Ctrl-C to every process at once; the supervisor answers it with an orderly end.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self.forget_lost()
        self.beat()
        for thread in self.threads:
            thread.start()
        logger.info("Tiến trình nền chạy (%s).", self.name)
        beaten_at = time.monotonic()
        while not asked and self.has_parent() and all(thread.is_alive() for thread in self.threads):
            if time.monotonic() - beaten_at >= BEAT_SECONDS:
                beaten_at = time.monotonic()
                self.guarded(self.beat)
            time.sleep(LOOK_SECONDS)
        orderly = bool(asked) or not self.has_parent()
        self.stop()
        return 0 if orderly else 1

    @property
    def supervised(self) -> bool:
        """Whether `manage.py serve` started it and answers for it."""
        return self.supervisor is not None

    def has_parent(self) -> bool:
        """False once the supervisor is gone: nobody would end this process any more."""
        return self.supervisor is None or os.getppid() == self.supervisor

    def loop(self, step: Callable[[], object], pause: float) -> None:
        """Repeat one step in a thread of its own; a failure is logged and tried again after a growing pause."""
        failures = 0
        while not self.stopping.is_set():
            close_old_connections()
            try:
                worked = step()
                failures = 0
            except Exception:
                failures += 1
                worked = False
                logger.exception("Tiến trình nền gặp lỗi lần thứ %s liên tiếp; thử lại.", failures)
            if not worked or failures:
                self.stopping.wait(min(pause * 2**failures, LONGEST_WAIT_SECONDS))
        connections.close_all()

    def guarded(self, step: Callable[[], object]) -> None:
        """One step of the main thread that must not end the process."""
        close_old_connections()
        try:
            step()
        except Exception:
            logger.exception("Không ghi được nhịp của tiến trình nền.")

    def beat(self) -> None:
        """Leave a sign of life."""
        WorkerHeartbeat.objects.update_or_create(name=self.name, defaults={"beaten_at": timezone.now(), "detail": self.queue.doing[:200]})

    def forget_lost(self) -> None:
        """Remove the rows of workers that are gone."""
        WorkerHeartbeat.objects.filter(beaten_at__lt=timezone.now() - WORKER_LOST_AFTER).delete()

    def stop(self) -> None:
        """Let the threads finish what they do, for a while; then go, and take the heartbeat away."""
        self.stopping.set()
        deadline = time.monotonic() + GRACE_SECONDS
        for thread in self.threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        busy = [thread.name for thread in self.threads if thread.is_alive()]
        if busy:
            logger.warning("Dừng khi còn việc dở (%s); việc ấy sẽ được làm lại.", self.queue.doing or ", ".join(busy))
        self.guarded(lambda: WorkerHeartbeat.objects.filter(name=self.name).delete())
