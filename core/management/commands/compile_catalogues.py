"""manage.py compile_catalogues: every .po of ours becomes a .mo when it is newer."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser

from core.catalogues import ROOT, compile_catalogues, forget_loaded_catalogues


class Command(BaseCommand):
    help = "Biên dịch các tệp bản dịch .po thành .mo (chỉ tệp mới hơn)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", dest="every", help="biên dịch lại tất cả")

    def handle(self, *, every: bool, **options: object) -> None:
        compiled = compile_catalogues(every=every)
        if compiled:
            forget_loaded_catalogues()
        for catalogue in compiled:
            self.stdout.write(str(catalogue.relative_to(ROOT)))
