"""manage.py search "từ khóa" [--json]: what the results page would show, at the command line."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engine import EngineDown
from search.presenting import present
from search.site_search import Asked, search


class Command(BaseCommand):
    help = "Tìm như ô tìm kiếm của trang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--lang", default="vi")
        parser.add_argument("--size", type=int, default=10)
        parser.add_argument("--json", action="store_true", help="In JSON như /api/search.")

    def handle(self, *, query: str, lang: str, size: int, **options: Any) -> None:
        asked = Asked(query, lang, size=max(1, min(size, 50)))
        try:
            answer = present(search(asked), asked)
        except EngineDown as error:
            raise CommandError(f"Máy tìm không trả lời: {error!r}", returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(answer.as_json(), ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{answer.understood_text}: {answer.total} mục, {answer.took_ms} ms")
        for item in answer.items:
            self.stdout.write(f"  {item.score:7.2f}  {item.title}  {item.url}")
        if answer.suggestion:
            self.stdout.write(f"Có phải: {answer.suggestion}")
