"""manage.py seed_accounts: one account for each role, for trying the site. Can run again; passwords that exist stay."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser

from editorial.accounts import accounts_file, may_seed, seed_accounts


class Command(BaseCommand):
    help = "Tạo tài khoản mẫu cho từng vai trò (bản chạy thử). Mật khẩu: SEED_PASSWORD, hoặc ngẫu nhiên ghi vào DATA_DIR/accounts.txt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="tạo cả khi trang có địa chỉ công khai hoặc cơ sở dữ liệu riêng")

    def handle(self, *, force: bool, **options: object) -> None:
        if not (force or may_seed()):
            self.stdout.write("  Trang có địa chỉ công khai hoặc cơ sở dữ liệu riêng: không tạo tài khoản mẫu.")
            return
        made = seed_accounts()
        if made and accounts_file().exists():
            self.stdout.write(f"  Mật khẩu của {len(made)} tài khoản nằm trong {accounts_file()}")
