#!/usr/bin/env python
"""The command line of the portal: `.venv/bin/python manage.py help`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# Commands that go on writing for long: they want room on the disk, not only permission.
SERVING = {"serve", "run_worker"}


def main() -> None:
    """Run one command; a trouble of the machine ends in one Vietnamese line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)  # type: ignore[union-attr]
    # After the standard library, so that `import site` stays the standard library's.
    sys.path += [folder for folder in (str(ROOT), str(ROOT / "site")) if folder not in sys.path]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

    from core.startup import LEAST_FREE_BYTES, CannotStart, check_data_dir, check_python, read_env_file, read_port, speaking_plainly

    with speaking_plainly():
        check_python()
        try:
            from django.core.management import execute_from_command_line
        except ImportError:
            raise CannotStart("Chưa cài thư viện. Hãy chạy `make install`, rồi dùng .venv/bin/python manage.py …") from None
        read_env_file(ROOT / ".env")
        if not os.environ.get("PORT"):
            os.environ.pop("PORT", None)
        read_port(os.environ.get("PORT", "8000"))
        data_dir = Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser().resolve()
        check_data_dir(data_dir, least_free_bytes=LEAST_FREE_BYTES if SERVING.intersection(sys.argv[1:2]) else 0)
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
