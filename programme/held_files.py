"""An uploaded file is kept between preview and saving, so that nobody chooses it twice. It lies under DATA_DIR for some hours, then goes."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core import signing

from .importing import SourceFile

KEPT_SECONDS = 6 * 60 * 60
_SALT = "programme.held_files"
_KEY = re.compile(r"[0-9a-f]{32}")


def hold(source: SourceFile, user_id: int) -> str:
    """Keep the file for this user; the token is what a form carries. Files that nobody came back for are removed on the way."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_old(folder)
    key = secrets.token_hex(16)
    path = folder / key
    path.touch(mode=0o600)
    path.write_bytes(source.data)
    return signing.dumps({"key": key, "name": source.name, "user": user_id}, salt=_SALT)


def read_held(token: str, user_id: int) -> SourceFile | None:
    """The file of a token; None if it is another user's, too old, gone, or no token of ours."""
    entry = _entry(token, user_id)
    if entry is None:
        return None
    try:
        return SourceFile(entry["name"], (_folder() / entry["key"]).read_bytes())
    except FileNotFoundError:
        return None


def release(token: str, user_id: int) -> None:
    """The file has been saved, or is not wanted: it goes."""
    entry = _entry(token, user_id)
    if entry:
        (_folder() / entry["key"]).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def _entry(token: str, user_id: int) -> dict[str, str] | None:
    try:
        entry = signing.loads(token, salt=_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    return entry if entry["user"] == user_id and _KEY.fullmatch(entry["key"]) else None


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        if _KEY.fullmatch(path.name) and path.stat().st_mtime < time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)
