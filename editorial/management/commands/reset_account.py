"""manage.py reset_account NAME: a new random password for one account, printed once."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from editorial.accounts import AccountError, reset_password


class Command(BaseCommand):
    help = "Đặt mật khẩu mới ngẫu nhiên cho một tài khoản và in ra."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="tên đăng nhập, ví dụ bientap")

    def handle(self, *, name: str, **options: object) -> None:
        try:
            password = reset_password(name)
        except AccountError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(password)
