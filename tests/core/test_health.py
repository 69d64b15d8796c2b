"""/healthz and /readyz: what a probe and an operator see, and what nobody sees."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from core import health
from core.models import WorkerHeartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def beat():
    def beat(seconds_ago: int) -> WorkerHeartbeat:
        return WorkerHeartbeat.objects.create(name=f"w{seconds_ago}", beaten_at=timezone.now() - dt.timedelta(seconds=seconds_ago))

    return beat


def test_healthz_answers_without_touching_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Content-Type"].startswith("text/plain")
    assert "no-store" in response["Cache-Control"]


def test_readyz_names_every_part_with_state_time_and_detail(client, beat):
    beat(3)
    call_command("update_index", missing=True, verbosity=0)

    response = client.get("/readyz")

    assert response.status_code == 200
    body = response.json()
    assert body["ready"] is True
    assert set(body["parts"]) == {"database", "search", "cache", "storage", "worker", "disk"}
    for part in body["parts"].values():
        assert set(part) == {"state", "ms", "detail"}
        assert part["state"] == "ok"
        assert part["ms"] >= 0
    assert "3 giây trước" in body["parts"]["worker"]["detail"]


def test_a_silent_worker_is_down_and_the_site_still_ready(client, beat):
    assert client.get("/readyz").json()["parts"]["worker"]["state"] == "down"

    beat(health.WORKER_SILENT_SECONDS + 5)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["parts"]["worker"]["state"]) == (200, "down")

    beat(1)
    assert client.get("/readyz").json()["parts"]["worker"]["state"] == "ok"


@pytest.mark.parametrize(("part", "status"), [("database", 503), ("search", 200), ("cache", 200), ("storage", 200), ("worker", 200), ("disk", 200)])
def test_only_the_database_makes_the_site_unready(client, monkeypatch, part, status):
    def broken() -> str:
        raise OperationalError(f"could not connect to 10.0.0.1 with {settings.DATA_DIR}")

    monkeypatch.setitem(health.PARTS, part, broken)

    response = client.get("/readyz")

    assert response.status_code == status
    assert response.json()["ready"] is (status == 200)
    assert response.json()["parts"][part] == {"state": "down", "ms": response.json()["parts"][part]["ms"], "detail": "không trả lời"}


def test_a_database_that_does_not_answer_is_told(client, monkeypatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["database"]["state"] == "down"


def test_neither_leaks_paths_versions_or_hosts(client, beat):
    beat(2)
    text = client.get("/readyz").content.decode() + client.get("/healthz").content.decode()

    for secret in [str(settings.DATA_DIR), "/", "sqlite", "Python", "wagtail", "django", WorkerHeartbeat.objects.get().name]:
        assert secret not in text


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_are_read_only(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_readyz_is_json_in_utf_8(client):
    response = client.get("/readyz")

    assert response["Content-Type"] == "application/json"
    assert "tiến trình" in response.content.decode()
    json.loads(response.content)
