"""`make lint`: every check in turn, all of them even when one fails, and a summary."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")

LONGEST_FILE = 400
LONGEST_SETTINGS = 150
COUNTED = {".py", ".html", ".css", ".js"}
NOT_OURS = {".venv", ".git", "var", "node_modules", "migrations", "__pycache__", "screenshots"}

CHECKS: list[tuple[str, list[str]]] = [
    ("ruff: lỗi và thói quen xấu", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("ruff: cách trình bày", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("djlint: mẫu trang", [str(BIN / "djlint"), ".", "--lint", "--quiet"]),
    ("import-linter: mũi tên giữa các phòng", [str(BIN / "lint-imports"), "--no-logo"]),
    ("basedpyright: kiểu dữ liệu", [str(BIN / "basedpyright"), "--level", "error"]),
    ("Django: cấu hình", [PYTHON, "manage.py", "check", "--fail-level", "WARNING"]),
    ("Django: thiếu migration", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("docs/content-model.md đúng với mã", [PYTHON, "manage.py", "describe_models", "--check"]),
    ("gettext: bản dịch đủ câu", [PYTHON, "manage.py", "check_catalogues"]),
    ("phần quản trị nói tiếng Việt, theo một bảng từ vựng", [PYTHON, "manage.py", "check_vietnamese"]),
]


def too_long() -> Iterator[str]:
    """Files of ours with more lines than a person reads in one sitting."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for path in (Path(folder) / name for name in names if Path(name).suffix in COUNTED):
            most = LONGEST_SETTINGS if path.parent.name == "settings" else LONGEST_FILE
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > most and ".min." not in path.name:
                yield f"{path.relative_to(ROOT)}: {lines} dòng, nhiều nhất {most}"


def run(label: str, command: list[str]) -> bool:
    """Run one check; its output is shown only when it fails."""
    started_at = time.monotonic()
    environment = {**os.environ, "PORTAL_ENV": "test", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", errors="replace")
    good = done.returncode == 0
    print(f"{'đạt ' if good else 'HỎNG'}  {label} ({time.monotonic() - started_at:.1f} s)", flush=True)
    warnings = done.stderr.strip() if good and "check_catalogues" in command else ""
    if not good or warnings:
        print("\n".join(f"      {line}" for line in (warnings or f"{done.stdout}\n{done.stderr}".strip()).splitlines()), flush=True)
    return good


def main() -> int:
    """0 when every check is green."""
    failed = [label for label, command in CHECKS if not run(label, command)]
    long_files = list(too_long())
    print(f"{'HỎNG' if long_files else 'đạt '}  tệp không quá dài")
    for line in long_files:
        print(f"      {line}")
    if long_files:
        failed.append("tệp quá dài")
    if not shutil.which("xgettext"):
        print("      Máy chưa có xgettext (Debian, Ubuntu: sudo apt install gettext): chưa soát được bản dịch.")
    print(f"lint: {len(failed)} mục hỏng: {'; '.join(failed)}" if failed else "lint: mọi mục đều đạt.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
