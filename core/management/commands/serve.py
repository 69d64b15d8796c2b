"""manage.py serve: prepare the site, then run web and worker until Ctrl-C. This is what `make run` starts."""

from __future__ import annotations

import os
import signal

from django.core.management.base import BaseCommand, CommandParser

from core.preparation import prepare
from core.startup import check_port, loopback_hosts, read_port
from core.supervisor import Supervisor


class Command(BaseCommand):
    help = "Chuẩn bị rồi chạy trang web cùng tiến trình nền; Ctrl-C dừng cả hai."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        # The port is the variable PORT alone: the settings read it too, for the public address.
        parser.add_argument("--host", help="địa chỉ nghe; mặc định chỉ máy này (localhost)")

    def handle(self, *, host: str | None, **options: object) -> None:
        # A shell that starts it in the background leaves Ctrl-C ignored; whoever sends one means it all the same.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        number, hosts = read_port(os.environ.get("PORT", "8000")), [host] if host else loopback_hosts()
        check_port(hosts, number)
        try:
            prepare(self.stdout.write)
        except KeyboardInterrupt:
            raise SystemExit("Đã dừng khi đang chuẩn bị; lần chạy sau làm tiếp.") from None
        raise SystemExit(Supervisor(hosts, number, self.stdout.write).run())
