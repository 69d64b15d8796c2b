"""manage.py load_content: load the rooms' content files. Can run again: an editor's work is never touched. Exit 0, or 2."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from core.content import ContentError, all_loaders
from core.content.loading import Report


class Command(BaseCommand):
    """Runs every registered loader in order. Each row is a transaction of its own, so a stop half-way is made good by the next run."""

    help = "Nạp nội dung từ tệp trong các phòng; chạy lại được, không đè lên việc của biên tập."

    def handle(self, *args: object, **options: object) -> None:
        report = Report(say=self.stdout.write if options["verbosity"] != 0 else lambda line: None)
        with translation.override("vi"):
            for loader in all_loaders():
                try:
                    loader.load(report)
                except ContentError as error:
                    raise CommandError(str(error), returncode=2) from error
        summary = ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items()) or "không có gì để nạp"
        self.stdout.write(f"Nạp nội dung: {summary}.")
