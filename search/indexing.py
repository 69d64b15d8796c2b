"""Keeping the index of the running site: what the worker does, and what is built when it is missing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable

from django.db import models
from modelsearch.backends import get_search_backend, get_search_backends
from modelsearch.backends.base import get_model_root
from modelsearch.index import get_indexed_models

from . import queue
from .backend import EngineBackendMixin
from .columns import spec_of
from .engine import Engine, EngineDown, IndexMissing

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 0.2
# A missing index is looked for that often while nothing changes.
LOOK_SECONDS = 30.0
_looked: dict[str, float] = {}


def roots() -> list[type[models.Model]]:
    """Root models that have an index, in the order of the applications."""
    return list(dict.fromkeys(get_model_root(model) for model in get_indexed_models()))


def engines() -> Iterable[Engine]:
    """The engines that follow the database."""
    return [backend.engine for backend in get_search_backends(with_auto_update=True) if isinstance(backend, EngineBackendMixin)]


def site_engine() -> Engine | None:
    """The engine of the site's own search; None while the settings name another backend."""
    backend = get_search_backend()
    return backend.engine if isinstance(backend, EngineBackendMixin) else None


def step() -> bool:
    """One step of the worker: what waits goes into the index, what is missing is built. True where there was something to do."""
    worked = [_step(engine) for engine in engines()]
    return any(worked)


def _step(engine: Engine) -> bool:
    is_due = time.monotonic() - _looked.get(engine.name, -LOOK_SECONDS) >= LOOK_SECONDS
    try:
        if is_due:
            _looked[engine.name] = time.monotonic()
            queue.forget_lost_builds(engine)
            if build_missing(engine):
                return True
        return queue.drain(engine) > 0
    except IndexMissing:
        return bool(build_missing(engine))
    except queue.BuildRefused:
        # Another process is at it.
        return False


def build_missing(engine: Engine, say: Callable[[str], object] = logger.info) -> int:
    """Build what the engine has not, or has from an older version; how many indexes. Raises EngineDown."""
    built = 0
    for root in roots():
        try:
            engine.check(spec_of(root))
        except IndexMissing:
            count = queue.rebuild(engine, [root])
            say(f"Chỉ mục {spec_of(root).name}: {count} mục.")
            built += 1
    return built


__all__ = ["EngineDown", "build_missing", "engines", "roots", "site_engine", "step"]
