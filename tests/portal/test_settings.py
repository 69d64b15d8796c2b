"""A wrong value stops the start with a message that names the variable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_ENV", "staging"),
        ("PORT", "tám nghìn"),
        ("PORT", "99999"),
        ("SITE_URL", "congnghesinhhoc.example"),
        ("DATABASE_URL", "mysql://a:b@localhost/c"),
        ("CACHE_URL", "memcache://localhost"),
        ("EMAIL_URL", "carrier-pigeon://localhost"),
        ("STORAGE_URL", "ftp://localhost/kho"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(name, value, tmp_path):
    environment = {**os.environ, "PORTAL_ENV": "production", "DATA_DIR": str(tmp_path), name: value}

    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )

    assert done.returncode == 2
    assert name in done.stderr
    assert "Traceback" not in done.stderr
