"""What the worker does by the clock. A room adds its own in `apps.ready`: `schedule.every(20, "name", function)`.

A job that fails is logged with its cause and comes again at its next turn; it never stops the others.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.management import call_command
from django.utils import timezone

from .tasks import release_abandoned, requeue_failed

logger = logging.getLogger(__name__)

HOUR_SECONDS = 3600.0
TICK_SECONDS = 20.0


@dataclass(slots=True)
class Job:
    """One thing done again and again; `failures` counts those in a row."""

    name: str
    every_seconds: float
    run: Callable[[], object]
    due_at: float = field(default=0.0)
    failures: int = field(default=0)


_jobs: dict[str, Job] = {}


def every(seconds: float, name: str, run: Callable[[], object]) -> Job:
    """Register a job under its name; registering again replaces it."""
    job = _jobs[name] = Job(name, seconds, run)
    return job


def jobs() -> list[Job]:
    """All registered jobs, in the order of registration."""
    return list(_jobs.values())


def run_due(now: float | None = None) -> list[str]:
    """Do what is due and set its next turn; returns the names of the jobs done, failed ones included."""
    now = time.monotonic() if now is None else now
    done = []
    for job in jobs():
        if job.due_at > now:
            continue
        job.due_at = now + job.every_seconds
        done.append(job.name)
        try:
            job.run()
        except Exception:
            job.failures += 1
            logger.exception("Việc định kỳ %s hỏng lần thứ %s liên tiếp; làm lại sau %.0f giây.", job.name, job.failures, job.every_seconds)
        else:
            job.failures = 0
    return done


def publish_scheduled() -> None:
    """Publish and withdraw what is due (Wagtail's own command), past an item that cannot be published."""
    from wagtail.models import Revision

    try:
        call_command("publish_scheduled", stdout=io.StringIO())
        return
    except Exception:
        logger.exception("publish_scheduled hỏng; đăng riêng từng mục đến giờ.")
    for revision in Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at"):
        try:
            revision.publish(log_action="wagtail.publish.scheduled")
        except Exception:
            logger.exception("Không đăng được mục hẹn giờ %s (%s).", revision.object_str, revision.pk)


def prune() -> None:
    """Forget finished tasks after two weeks, and sessions that are over."""
    call_command("prune_db_task_results", verbosity=0)
    call_command("clearsessions", stdout=io.StringIO())


def register_own_jobs() -> None:
    """The jobs of core itself."""
    every(TICK_SECONDS, "publish_scheduled", publish_scheduled)
    every(TICK_SECONDS, "requeue_failed", requeue_failed)
    every(TICK_SECONDS, "release_abandoned", release_abandoned)
    every(24 * HOUR_SECONDS, "prune", prune)
