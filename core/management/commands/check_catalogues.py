"""manage.py check_catalogues: every sentence of our own code has its translation. Exit 1 when one lacks it."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.catalogues import ROOT
from core.messages import NoXgettext, known_messages, missing_messages


class Command(BaseCommand):
    help = "Soát bản dịch: câu tiếng Việt nào trong mã nguồn chưa được dịch."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", action="append", help="mã ngôn ngữ; mặc định mọi ngôn ngữ ngoài tiếng Việt")
        parser.add_argument("--show", type=int, default=20, help="số câu thiếu được in ra (mặc định 20)")

    def handle(self, *, language: list[str] | None, show: int, **options: object) -> None:
        failed = []
        for code in language or [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]:
            try:
                missing = missing_messages(ROOT, code)
            except NoXgettext as error:
                self.stderr.write(str(error))
                return
            if not missing:
                continue
            if known_messages(ROOT, code) is None:
                self.stderr.write(f"{code}: chưa có bản dịch nào; {len(missing)} câu cần dịch.")
                continue
            failed.append(f"{code}: thiếu {len(missing)} câu")
            for (_, sentence), places in list(missing.items())[:show]:
                self.stderr.write(f"{code}: {places[0]}: {sentence!r}")
        if failed:
            raise CommandError("; ".join(failed), returncode=1)
