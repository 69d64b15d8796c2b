"""manage.py update_index: build every index anew from the database and put it in use; searches and edits go on meanwhile."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from modelsearch.backends import get_search_backend
from modelsearch.management.commands.rebuild_modelsearch_index import Command as ModelsearchCommand

from search import indexing, queue
from search.backend import EngineBackendMixin
from search.columns import spec_of
from search.engine import EngineDown


class Command(ModelsearchCommand):
    help = "Dựng lại chỉ mục tìm kiếm từ cơ sở dữ liệu."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--missing", action="store_true", help="Chỉ dựng chỉ mục còn thiếu hoặc của bản cũ, rồi đưa vào những gì đang chờ.")

    def handle(self, **options: Any) -> None:
        self.is_only_missing = options.pop("missing", False)
        super().handle(**options)

    def update_backend(self, backend_name: str, schema_only: bool = False, chunk_size: int = queue.BATCH) -> None:
        backend = get_search_backend(backend_name)
        if schema_only or not isinstance(backend, EngineBackendMixin):
            super().update_backend(backend_name, schema_only=schema_only, chunk_size=chunk_size)
            return
        engine = backend.engine
        try:
            if self.is_only_missing:
                indexing.build_missing(engine, self.write)
                queue.drain(engine)
                return
            for root in indexing.roots():
                started_at = time.monotonic()
                count = queue.rebuild(engine, [root], min(chunk_size, 1_000))
                self.write(f"{spec_of(root).name}: {count} mục, {time.monotonic() - started_at:.1f} giây")
        except (queue.BuildRefused, EngineDown) as error:
            raise CommandError(str(error) or repr(error)) from error
