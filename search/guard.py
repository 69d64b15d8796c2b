"""An engine that cannot take the site down: a limit of time for each question, a bound on how many at once, a circuit breaker."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from .columns import Spec
from .documents import Document
from .engine import Building, Engine, EngineDown, IndexMissing, Sort
from .tree import Hits, Query

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# Of the four threads of a web process two may wait for the engine; the others serve pages.
MOST_AT_ONCE = 2
# How long a question waits for its turn.
TURN_SECONDS = 1.0
FAILURES_TO_OPEN = 3
REST_SECONDS = 15.0


class EngineBusy(EngineDown):
    """Too many questions at once; the engine itself may be well."""


class EngineSlow(EngineDown):
    """No answer in time."""


class Guard:
    """Lets questions through to one engine, in one process."""

    def __init__(self, name: str, timeout_seconds: float) -> None:
        self.name = name
        self.timeout_seconds = timeout_seconds
        self.failures = 0
        self.closed_until = 0.0
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._lock = threading.Lock()
        self._overdue: set[Future[Any]] = set()

    @property
    def is_open(self) -> bool:
        """Whether questions are refused for now."""
        return self.failures >= FAILURES_TO_OPEN and time.monotonic() < self.closed_until

    def call(self, question: Callable[[], Answer]) -> Answer:
        """The answer. Raises EngineDown at once while the breaker is open, EngineBusy, EngineSlow."""
        if self._is_refused():
            raise EngineDown(f"{self.name}: ngắt mạch")
        if not self._places.acquire(timeout=min(TURN_SECONDS, self.timeout_seconds)):
            if self._overdue:
                # The places are taken by questions that hang.
                self._failed()
                raise EngineSlow(self.name)
            raise EngineBusy(self.name)
        future: Future[Answer] = Future()
        # A thread of its own: one that hangs keeps its place, not the request.
        threading.Thread(target=self._answer, args=(question, future), name=f"search-{self.name}", daemon=True).start()
        try:
            answer = future.result(timeout=self.timeout_seconds)
        except TimeoutError as error:
            with self._lock:
                if not future.done():
                    self._overdue.add(future)
            self._failed()
            raise EngineSlow(self.name) from error
        except (IndexMissing, KeyError):
            raise
        except EngineDown:
            self._failed()
            raise
        self._worked()
        return answer

    def _answer(self, question: Callable[[], Answer], future: Future[Answer]) -> None:
        try:
            answer = question()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(answer)
        finally:
            with self._lock:
                self._overdue.discard(future)
            self._places.release()

    def _is_refused(self) -> bool:
        """Whether the breaker is open; after the rest one question tries whether the engine is back."""
        with self._lock:
            if self.failures < FAILURES_TO_OPEN:
                return False
            if time.monotonic() < self.closed_until:
                return True
            self.closed_until = time.monotonic() + REST_SECONDS
            return False

    def _failed(self) -> None:
        with self._lock:
            self.failures += 1
            if self.failures == FAILURES_TO_OPEN:
                logger.error("Máy tìm %s hỏng %s lần liên tiếp; nghỉ %s giây.", self.name, self.failures, REST_SECONDS)
            if self.failures >= FAILURES_TO_OPEN:
                self.closed_until = time.monotonic() + REST_SECONDS

    def _worked(self) -> None:
        if self.failures:
            with self._lock:
                self.failures = 0


class GuardedEngine(Engine):
    """An engine behind a guard. Reading goes through it; writing has the queue's patience, and stops while the breaker is open."""

    def __init__(self, engine: Engine, timeout_seconds: float) -> None:
        self.engine = engine
        self.name = engine.name
        self.guard = Guard(engine.name, timeout_seconds)

    def find(self, index: Spec, query: Query, *, start: int = 0, size: int = 10, sort: Sort | None = None, with_text: bool = False) -> Hits:
        return self.guard.call(lambda: self.engine.find(index, query, start=start, size=size, sort=sort, with_text=with_text))

    def count(self, index: Spec, query: Query) -> int:
        return self.guard.call(lambda: self.engine.count(index, query))

    def keys(self, index: Spec, query: Query) -> list[str]:
        return self.guard.call(lambda: self.engine.keys(index, query))

    def facets(self, index: Spec, query: Query, columns: Sequence[str]) -> dict[str, dict[Any, int]]:
        return self.guard.call(lambda: self.engine.facets(index, query, columns))

    def frequencies(self, index: Spec, columns: Sequence[str], words: Sequence[str]) -> dict[str, int]:
        return self.guard.call(lambda: self.engine.frequencies(index, columns, words))

    def write(self, index: Spec, documents: Sequence[Document], removed: Sequence[str]) -> None:
        if self.guard.is_open:
            raise EngineDown(f"{self.name}: ngắt mạch")
        self.engine.write(index, documents, removed)

    def reset(self, index: Spec) -> None:
        self.engine.reset(index)

    def build(self, index: Spec) -> Building:
        return self.engine.build(index)

    def alone(self) -> AbstractContextManager[bool]:
        return self.engine.alone()

    def check(self, index: Spec) -> str:
        return self.guard.call(lambda: self.engine.check(index))

    def together(self, questions: Callable[[Engine], Answer]) -> Answer:
        """Several questions as one: one turn, one limit of time."""
        return self.guard.call(lambda: questions(self.engine))


_guarded: dict[tuple[int, int, float], GuardedEngine] = {}


def guarded(engine: Engine, timeout_seconds: float) -> GuardedEngine:
    """The engine behind the one guard that it has in this process."""
    return _guarded.setdefault((os.getpid(), id(engine), timeout_seconds), GuardedEngine(engine, timeout_seconds))


@contextlib.contextmanager
def without_guards() -> Iterator[None]:
    """For tests: forget what failed before."""
    _guarded.clear()
    yield
    _guarded.clear()
