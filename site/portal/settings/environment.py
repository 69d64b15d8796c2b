"""Where the process reads its environment, and where the state of the site lies."""

from __future__ import annotations

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[3]

env = environ.Env()

# All state lies under one folder: database, index, uploads, generated files.
DATA_DIR = Path(env.str("DATA_DIR", default=str(ROOT / "var"))).expanduser().resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

# The port of `make run`; it only serves to guess SITE_URL.
PORT = env.int("PORT", default=8000)

# The public address: canonical links, feeds and mails carry this host and port.
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
