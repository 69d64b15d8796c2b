"""Work over time: put it in the queue when the transaction is through, and try again what failed.

`django-tasks-db` keeps a failed task as failed. Here it goes back into the queue with growing waits, until its
attempts are used up; a task must therefore be able to run twice without harm.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import WorkerHeartbeat

logger = logging.getLogger(__name__)

AnyTask = TypeVar("AnyTask", bound=Task)

# A worker that gave no sign of life for this long is gone, and what it was doing is free.
WORKER_LOST_AFTER = dt.timedelta(minutes=2)
# Failures older than this were left by an earlier version or a long outage: a person decides.
TOO_OLD_TO_RETRY = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Retry:
    """How often a task is tried, and how long it waits: first_wait, then four times as long each time."""

    attempts: int = 5
    first_wait: dt.timedelta = dt.timedelta(seconds=30)

    def wait_after(self, attempt: int) -> dt.timedelta:
        """The pause after that attempt failed; attempts count from 1."""
        return self.first_wait * 4 ** (attempt - 1)


DEFAULT_RETRY = Retry()
_retries: dict[str, Retry] = {}


def retrying(*, attempts: int = DEFAULT_RETRY.attempts, first_wait_seconds: float = 30) -> Callable[[AnyTask], AnyTask]:
    """Decorator above `@task()` that gives one task its own patience; attempts=1 means: never again."""

    def register(task: AnyTask) -> AnyTask:
        _retries[task.module_path] = Retry(attempts, dt.timedelta(seconds=first_wait_seconds))
        return task

    return register


def retry_of(task_path: str) -> Retry:
    """The patience of the task with that dotted path."""
    return _retries.get(task_path, DEFAULT_RETRY)


def is_moot(result: DBTaskResult) -> bool:
    """Whether a failure of Wagtail's own task means that its row is gone, for example replaced by a newer save: nothing is left to do."""
    return result.task_path.startswith("wagtail.") and result.exception_class_path.endswith(".DoesNotExist")


def enqueue_on_commit(task: Task, *args: Any, **kwargs: Any) -> None:
    """Put a task in the queue once the surrounding transaction is through; at once when there is none."""
    transaction.on_commit(partial(task.enqueue, *args, **kwargs))


def requeue_failed() -> int:
    """Give failed tasks with attempts left their next turn. Returns how many."""
    requeued = 0
    recent = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gte=timezone.now() - TOO_OLD_TO_RETRY)
    for failed in recent.only("id", "task_path", "worker_ids", "finished_at", "exception_class_path").iterator():
        # Each claim by a worker leaves its name: their number is the number of attempts.
        retry, attempt = retry_of(failed.task_path), len(failed.worker_ids)
        if attempt >= retry.attempts or is_moot(failed):
            continue
        due_at = failed.finished_at + retry.wait_after(attempt)
        if DBTaskResult.objects.filter(pk=failed.pk, status=TaskResultStatus.FAILED).update(status=TaskResultStatus.READY, run_after=due_at):
            requeued += 1
            logger.warning(
                "Việc %s hỏng lần %s/%s (%s); làm lại lúc %s.",
                failed.task_path,
                attempt,
                retry.attempts,
                failed.exception_class_path,
                timezone.localtime(due_at).strftime("%H:%M:%S"),
            )
    return requeued


def release_abandoned() -> int:
    """Put back what a worker had begun when it was killed. Returns how many."""
    alive = set(WorkerHeartbeat.objects.filter(beaten_at__gte=timezone.now() - WORKER_LOST_AFTER).values_list("name", flat=True))
    released = 0
    for running in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).only("id", "task_path", "worker_ids").iterator():
        if running.worker_ids and running.worker_ids[-1] in alive:
            continue
        status = TaskResultStatus.READY if len(running.worker_ids) < retry_of(running.task_path).attempts else TaskResultStatus.FAILED
        if DBTaskResult.objects.filter(pk=running.pk, status=TaskResultStatus.RUNNING).update(status=status, finished_at=timezone.now()):
            released += 1
            logger.warning(
                "Việc %s dở dang vì tiến trình nền bị ngắt; %s.", running.task_path, "xếp lại hàng" if status == TaskResultStatus.READY else "không làm lại nữa"
            )
    return released
