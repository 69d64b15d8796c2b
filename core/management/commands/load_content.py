"""manage.py load_content: load the rooms' content files. Can run again: an editor's work is never touched. Exit 0, or 2."""

from __future__ import annotations

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.content import ContentError, all_loaders
from core.content.loading import CREATED, RENEWED, Report


class Command(BaseCommand):
    """Runs every registered loader in order. Each row is a transaction of its own, so a stop half-way is made good by the next run."""

    help = "Nạp nội dung từ tệp trong các phòng; chạy lại được, không đè lên việc của biên tập."

    def handle(self, *args: object, **options: object) -> None:
        report = Report(say=self.stdout.write if options["verbosity"] != 0 else lambda line: None)
        # Row by row it would queue a thousand tasks, some for rows that the next step replaces; once at the end it takes a second.
        with translation.override("vi"), disable_reference_index_auto_update():
            for loader in all_loaders():
                try:
                    loader.load(report)
                except ContentError as error:
                    raise CommandError(str(error), returncode=2) from error
        if report.counts[CREATED] or report.counts[RENEWED]:
            call_command("rebuild_references_index", verbosity=0)
        summary = ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items()) or "không có gì để nạp"
        self.stdout.write(f"Nạp nội dung: {summary}.")
