"""No query, no page number and no failure of the engine breaks the page, or takes long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from knowledge_base.models import GuidePage
from search import guard as guards
from search import indexing
from search.engine import EngineDown
from search.guard import GuardedEngine
from tests.pages import titles_of, words_of

pytestmark = pytest.mark.django_db

HOSTILE = [
    "a" * 10_000,
    "đ" * 10_000,
    "x " * 5_000,
    " ".join(f"chữ{number}" for number in range(500)),
    '"',
    '"""""',
    "'" * 40,
    '"đốm lá',
    "(((((",
    ")))]]}}",
    "[a-z]*",
    "*",
    "***",
    "?",
    "a*b?c~2^3",
    "AND OR NOT",
    "NOT",
    "+đốm -lá",
    "title:đốm",
    "đốm AND (lá OR",
    "\\",
    "\\\\\\",
    "/regex/",
    "{!func}",
    "%",
    "_",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "🌿🌿🌿",
    "🇻🇳 hồi",
    "مرحبا بالعالم",
    "\u202e\u202dhồi",
    "\u200b\u200b",
    "広西 广西",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "e\u0301" * 3_000,
    "\u0301" * 3_000,
    "\t\r\n",
    "0" * 400,
    "1,2.3,4.5" * 200,
    "a_b_c",
    "benh_dom",
]


@pytest.fixture
def content(publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    publish(GuidePage, "cam-nang", title="Bệnh đốm lá hồi", slug="benh-dom-la-hoi")
    indexed()


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_any_query_gets_a_page_soon(client: Client, content: None, query: str) -> None:
    started_at = time.perf_counter()
    response = client.get("/tim-kiem/", {"q": query})

    assert response.status_code == 200
    assert "Máy tìm đang nghỉ" not in words_of(response, "main")
    assert client.get("/api/search", {"q": query}).status_code in {200, 400}
    assert time.perf_counter() - started_at < 4


def test_a_query_beyond_all_length_is_refused_with_a_message(client: Client, content: None) -> None:
    response = client.get("/tim-kiem/", {"q": "a" * 10_001})

    assert response.status_code == 400
    assert "Hãy viết ngắn lại" in words_of(response, "main")


def test_a_nul_is_refused(client: Client, content: None) -> None:
    assert client.get("/tim-kiem/?q=%00").status_code == 400


@pytest.mark.parametrize(
    ("page", "status"), [("1", 200), ("2", 200), ("500", 200), ("501", 400), ("0", 400), ("-1", 400), ("9" * 400, 400), ("x", 400), ("", 400), ("²", 400)]
)
def test_deep_pages_are_the_last_one_or_refused(client: Client, content: None, page: str, status: int) -> None:
    response = client.get("/tim-kiem/", {"q": "đốm", "trang": page})

    assert response.status_code == status
    assert status == 400 or titles_of(response) == ["Bệnh đốm lá hồi"]


@pytest.mark.parametrize("params", ["nam=abc", "nam=99999", "nam=²", "nam=-1", "san-pham=%27", "loai=" + "a" * 500, "sap-xep=zzz", "dinh-dang=*", "dia-ban=*"])
def test_any_choice_gets_a_page(client: Client, content: None, params: str) -> None:
    assert client.get(f"/tim-kiem/?q=dom&{params}").status_code == 200


def test_an_engine_that_hangs_costs_its_limit_then_nothing_and_comes_back(client: Client, content: None, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = indexing.site_engine()
    assert isinstance(engine, GuardedEngine)
    monkeypatch.setattr(engine.guard, "timeout_seconds", 0.1)
    release = threading.Event()
    with monkeypatch.context() as hanging:
        hanging.setattr(type(engine.engine), "find", lambda *args, **kwargs: release.wait(10))
        for _attempt in range(guards.FAILURES_TO_OPEN):
            response = client.get("/tim-kiem/?q=benh+dom")
            assert response.status_code in {200, 503}
        started_at = time.perf_counter()
        response = client.get("/tim-kiem/?q=benh+dom")
        assert time.perf_counter() - started_at < 1
        assert titles_of(response) == ["Bệnh đốm lá hồi"]
        assert "Máy tìm đang nghỉ" in words_of(response, "main")
        assert client.get("/readyz").json()["parts"]["search"]["state"] == "down"
        assert client.get("/cam-nang/benh-dom-la-hoi/").status_code == 200
        release.set()
    time.sleep(0.1)
    monkeypatch.setattr(engine.guard, "closed_until", 0)

    assert "Máy tìm đang nghỉ" not in words_of(client.get("/tim-kiem/?q=benh+dom"), "main")
    assert client.get("/readyz").json()["parts"]["search"]["state"] == "ok"


def test_too_many_at_once_are_told_to_come_back(client: Client, content: None, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = indexing.site_engine()
    assert isinstance(engine, GuardedEngine)
    monkeypatch.setattr(guards, "TURN_SECONDS", 0.05)
    for _place in range(guards.MOST_AT_ONCE):
        engine.guard._places.acquire()
    response = client.get("/tim-kiem/?q=benh+dom")
    for _place in range(guards.MOST_AT_ONCE):
        engine.guard._places.release()

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "Đang có nhiều người tìm" in words_of(response, "main")


def test_a_full_disk_does_not_stop_a_save(engine: Any, publish: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    def full(*args: Any) -> None:
        raise EngineDown("No space left on device")

    monkeypatch.setattr(type(engine), "write", full)
    publish(GuidePage, "cam-nang", title="Đăng lúc đầy đĩa", slug="day-dia")

    assert client.get("/cam-nang/day-dia/").status_code == 200
