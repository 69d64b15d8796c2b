"""Gunicorn's settings: read by `gunicorn portal.wsgi` in this folder, and by `manage.py serve`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path += [folder for folder in (str(ROOT), str(ROOT / "site")) if folder not in sys.path]

from core.startup import read_env_file  # noqa: E402

read_env_file(ROOT / ".env")

wsgi_app = "portal.wsgi"
bind = [f"127.0.0.1:{os.environ.get('PORT', '8000')}"]

# Two processes for two cores, four threads each: a slow reader holds a thread, not the site.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
# Loaded once, then forked: memory is shared, and a mistake in the settings stops the start.
preload_app = True
timeout = 60
graceful_timeout = 4
keepalive = 5
# A fresh process now and then, so that a slow leak never grows; not both at the same moment.
max_requests = 20_000
max_requests_jitter = 2_000

errorlog = "-"
accesslog = None
loglevel = "info"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Close what the master opened while loading: a database connection must not cross a fork."""
    from django.db import connections

    connections.close_all()
