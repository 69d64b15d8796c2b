"""Where the process reads its environment, and where the state of the site lies."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]

env = environ.Env()


def refuse(name: str, what_to_do: str) -> ImproperlyConfigured:
    """The error of a wrong value: it names the variable and says what it takes."""
    return ImproperlyConfigured(f"{name}={env.str(name, default='')!r}: {what_to_do}")


def _port() -> int:
    raw = env.str("PORT", default="8000")
    if not raw.isdigit() or not 0 < int(raw) < 65_536:
        raise refuse("PORT", "cổng là một số từ 1 đến 65535.")
    return int(raw)


def _site_url() -> str:
    url = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
    if not url.startswith(("http://", "https://")) or not urlsplit(url).hostname:
        raise refuse("SITE_URL", "viết đủ cả http(s), ví dụ https://congnghesinhhoc.example.")
    return url


# All state lies under one folder: database, index, uploads, generated files.
DATA_DIR = Path(env.str("DATA_DIR", default=str(ROOT / "var"))).expanduser().resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

# The port of `make run`; it only serves to guess SITE_URL.
PORT = _port()

# The public address: canonical links, feeds and mails carry this host and port.
SITE_URL = _site_url()
