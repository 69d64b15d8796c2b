"""The backend of a site on one machine: tantivy, its index under DATA_DIR."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from modelsearch.backends.base import BaseSearchBackend

from search.backend import EngineBackendMixin
from search.embedded.engine import EmbeddedEngine
from search.guard import guarded


@cache
def engine_at(folder: Path, process: int) -> EmbeddedEngine:
    """The engine of a folder, one a process: what was opened before a fork is not used after it."""
    return EmbeddedEngine(folder)


class EmbeddedSearchBackend(EngineBackendMixin, BaseSearchBackend):
    """Options: FOLDER (default DATA_DIR/search), INDEX_PREFIX (for tests, a name before each index's)."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)  # pyright: ignore[reportCallIssue]
        self.index_prefix = params.get("INDEX_PREFIX", "")
        folder = Path(params.get("FOLDER") or Path(settings.DATA_DIR) / "search")
        self.engine = guarded(engine_at(folder, os.getpid()), getattr(settings, "SEARCH_TIMEOUT", 2.0))


SearchBackend = EmbeddedSearchBackend
