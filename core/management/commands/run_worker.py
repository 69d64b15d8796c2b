"""manage.py run_worker: the one supervised process for tasks, the schedule and mail. SIGTERM ends it within five seconds."""

from __future__ import annotations

import os
import sys

from django.core.management.base import BaseCommand, CommandParser

from core.schedule import register_own_jobs
from core.worker import PortalWorker


class Command(BaseCommand):
    help = "Chạy tiến trình nền: hàng việc, lịch đăng bài, thư."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--supervisor", type=int, help="mã tiến trình trông coi; tiến trình ấy mất thì tự dừng")

    def handle(self, *, supervisor: int | None, **options: object) -> None:
        register_own_jobs()
        code = PortalWorker(supervisor=supervisor).run()
        # A task that was left may still run in its thread: an ordinary exit would wait for it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
