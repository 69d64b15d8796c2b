"""The worker: tasks once and again, the schedule, and what a failure may never do."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.tasks import update_reference_index_task

from core import schedule, tasks
from core.models import WorkerHeartbeat
from core.worker import PortalWorker, Queue

pytestmark = pytest.mark.django_db

done: list[Any] = []


@task()
def note(value: Any) -> None:
    done.append(value)


@task()
def fail() -> None:
    done.append("tried")
    raise ValueError("hỏng thử")


@tasks.retrying(attempts=2, first_wait_seconds=5)
@task()
def fail_twice() -> None:
    raise ValueError("hỏng thử")


@pytest.fixture(autouse=True)
def _real_queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    done.clear()


@pytest.fixture
def queue():
    return Queue("test-worker")


@pytest.fixture
def at():
    """Move a failed task's end into the past: its waiting time is over."""

    def at(result_id: str, **ago: float) -> DBTaskResult:
        DBTaskResult.objects.filter(pk=result_id).update(finished_at=timezone.now() - dt.timedelta(**ago))
        return DBTaskResult.objects.get(pk=result_id)

    return at


def run_all(queue: Queue) -> int:
    count = 0
    while queue.run_next():
        count += 1
    return count


def test_tasks_are_done_in_order_and_once(queue):
    for value in range(3):
        note.enqueue(value)

    assert run_all(queue) == 3
    assert run_all(queue) == 0
    assert done == [0, 1, 2]


def test_an_empty_queue_costs_one_query(queue, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queue.run_next() is False


def test_a_failed_task_does_not_stop_the_next(queue):
    fail.enqueue()
    note.enqueue("next")

    run_all(queue)

    assert done == ["tried", "next"]


def test_a_task_whose_code_is_gone_does_not_stop_the_next(queue):
    lost = note.enqueue("lost")
    DBTaskResult.objects.filter(pk=lost.id).update(task_path="core.tasks.no_such_task")
    note.enqueue("next")

    run_all(queue)

    assert done == ["next"]


def test_a_failed_task_comes_again_after_growing_waits_until_its_attempts_are_used_up(queue, at):
    result = fail.enqueue()
    waits = []
    for _attempt in range(tasks.DEFAULT_RETRY.attempts):
        run_all(queue)
        failed = at(result.id, seconds=0)
        if tasks.requeue_failed():
            again = DBTaskResult.objects.get(pk=result.id)
            assert again.status == TaskResultStatus.READY
            waits.append(round((again.run_after - failed.finished_at).total_seconds()))
            assert queue.run_next() is False, "not before its time"
            DBTaskResult.objects.filter(pk=result.id).update(run_after=timezone.now())

    assert waits == [30, 120, 480, 1920]
    assert len(done) == tasks.DEFAULT_RETRY.attempts
    assert DBTaskResult.objects.get(pk=result.id).status == TaskResultStatus.FAILED


def test_a_task_can_have_its_own_patience(queue, at, caplog):
    result = fail_twice.enqueue()
    run_all(queue)
    at(result.id, seconds=6)

    assert tasks.requeue_failed() == 1
    with caplog.at_level(logging.ERROR, logger="core"):
        run_all(queue)

    assert tasks.requeue_failed() == 0
    assert "không làm lại nữa" in caplog.text
    assert "ValueError" in caplog.text


def test_a_row_that_is_gone_meanwhile_is_no_failure_to_repeat(queue, at, caplog):
    result = update_reference_index_task.enqueue("core", "loadday", 987654)

    run_all(queue)

    assert at(result.id, minutes=5).status == TaskResultStatus.FAILED
    assert tasks.requeue_failed() == 0
    assert "làm lại" not in caplog.text


def test_a_failure_of_long_ago_is_left_to_a_person(queue, at):
    result = fail.enqueue()
    run_all(queue)
    at(result.id, days=3)

    assert tasks.requeue_failed() == 0


def test_what_a_killed_worker_had_begun_is_done_by_the_next(queue):
    result = note.enqueue("again")
    DBTaskResult.objects.filter(pk=result.id).update(status=TaskResultStatus.RUNNING, worker_ids=["gone"])

    assert tasks.release_abandoned() == 1
    run_all(queue)

    assert done == ["again"]


def test_what_a_living_worker_does_is_left_to_it():
    result = note.enqueue("busy")
    DBTaskResult.objects.filter(pk=result.id).update(status=TaskResultStatus.RUNNING, worker_ids=["alive"])
    WorkerHeartbeat.objects.create(name="alive", beaten_at=timezone.now() - dt.timedelta(seconds=30))

    assert tasks.release_abandoned() == 0


def test_a_task_that_kills_its_worker_every_time_is_given_up():
    result = note.enqueue("deadly")
    DBTaskResult.objects.filter(pk=result.id).update(status=TaskResultStatus.RUNNING, worker_ids=["gone"] * tasks.DEFAULT_RETRY.attempts)

    tasks.release_abandoned()

    assert DBTaskResult.objects.get(pk=result.id).status == TaskResultStatus.FAILED


@pytest.mark.django_db(transaction=True)
def test_a_task_waits_for_the_transaction_that_asked_for_it():
    with transaction.atomic():
        tasks.enqueue_on_commit(note, "later")
        assert DBTaskResult.objects.count() == 0
    assert DBTaskResult.objects.count() == 1

    with transaction.atomic():
        tasks.enqueue_on_commit(note, "never")
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 1


@pytest.fixture
def own_schedule(monkeypatch):
    monkeypatch.setattr(schedule, "_jobs", {})


def test_a_job_runs_at_its_time_and_not_before(own_schedule):
    schedule.every(20, "a", lambda: done.append("a"))

    assert [schedule.run_due(now) for now in (0, 19.9, 20, 60)] == [["a"], [], ["a"], ["a"]]


def test_a_failed_job_is_logged_with_its_cause_and_the_others_go_on(own_schedule, caplog):
    failing = schedule.every(20, "failing", lambda: 1 / 0)
    schedule.every(20, "working", lambda: done.append("working"))

    with caplog.at_level(logging.ERROR, logger="core"):
        schedule.run_due(0)
        schedule.run_due(20)

    assert done == ["working", "working"]
    assert failing.failures == 2
    assert "ZeroDivisionError" in caplog.text


def test_core_registers_what_the_site_needs_by_the_clock(own_schedule):
    schedule.register_own_jobs()

    assert {job.name: job.every_seconds for job in schedule.jobs()} == {
        "publish_scheduled": 20,
        "requeue_failed": 20,
        "release_abandoned": 20,
        "prune": 86400,
    }
    assert schedule.run_due(0) == [job.name for job in schedule.jobs()]
    assert all(job.failures == 0 for job in schedule.jobs())


def test_a_page_with_a_time_is_published_when_it_comes(publish):
    from news.models import ArticlePage

    page = publish(ArticlePage, "tin-tuc", title="Hẹn giờ", slug="hen-gio", live=False)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    schedule.publish_scheduled()
    page.refresh_from_db()
    assert page.live is False

    past = timezone.now() - dt.timedelta(minutes=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    schedule.publish_scheduled()

    page.refresh_from_db()
    assert page.live is True


def test_one_item_that_cannot_be_published_does_not_hold_back_the_others(publish, monkeypatch, caplog):
    from wagtail.models import Revision

    from news.models import ArticlePage

    past = timezone.now() - dt.timedelta(minutes=1)
    pages = [publish(ArticlePage, "tin-tuc", title=slug, slug=slug, live=False) for slug in ("hong", "tot")]
    for page in pages:
        page.save_revision(approved_go_live_at=past)
    original = Revision.publish

    def publish_or_fail(revision: Revision, *args: Any, **kwargs: Any) -> None:
        if revision.object_id == str(pages[0].pk):
            raise ValueError("không đăng được")
        original(revision, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", publish_or_fail)
    schedule.publish_scheduled()

    pages[1].refresh_from_db()
    assert pages[1].live is True
    assert "không đăng được" in caplog.text


def test_a_loop_outlives_its_failures_and_waits_longer_each_time(monkeypatch):
    worker = PortalWorker()
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 4:
            worker.stopping.set()

    monkeypatch.setattr(worker, "stopping", threading.Event())
    monkeypatch.setattr(worker.stopping, "wait", wait)
    monkeypatch.setattr("core.worker.close_old_connections", lambda: None)
    monkeypatch.setattr("core.worker.connections.close_all", lambda: None)
    worker.loop(lambda: 1 / 0, 0.5)

    assert waits == [1, 2, 4, 8]


def test_the_heart_beats_under_one_name_and_says_what_is_being_done():
    worker = PortalWorker()
    worker.beat()
    worker.queue.doing = "core.tasks.something"
    worker.beat()

    heartbeat = WorkerHeartbeat.objects.get()
    assert (heartbeat.name, heartbeat.detail) == (worker.name, "core.tasks.something")
    assert timezone.now() - heartbeat.beaten_at < dt.timedelta(seconds=5)
