"""Our backend passes modelsearch's own backend tests, on modelsearch's own models, in a project of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_embedded_backend_passes_the_tests_of_modelsearch(tmp_path: Path) -> None:
    environment = os.environ | {
        "DATA_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "SEARCH_CONTRACT": "search.backends.embedded",
    }
    command = [sys.executable, "-W", "ignore", "-m", "django", "test", "tests.search.contract.suite", "--settings=tests.search.contract.settings", "--noinput"]
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=550, check=False)

    assert done.returncode == 0, done.stderr[-8000:]
    assert "\nOK\n" in done.stderr
    assert "skipped" not in done.stderr
