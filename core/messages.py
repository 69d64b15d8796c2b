"""Which Vietnamese sentences our own code says, and which of them a language still lacks.

Sentences are found by xgettext, as Django's makemessages finds them; the source language needs no catalogue.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation import templatize

from .catalogues import find_catalogues

# Templates that replace a package's own say the package's English sentences: those are in the package's catalogues.
PACKAGES_TEMPLATES = {
    "wagtailadmin",
    "wagtailcore",
    "wagtailusers",
    "wagtailimages",
    "wagtaildocs",
    "wagtailsnippets",
    "wagtailmedia",
    "wagtail_localize",
    "registration",
}
NOT_OURS = {".venv", ".git", "var", "node_modules", "tests", "bench", "deploy", "migrations", "screenshots"}

KEYWORDS = [
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
]

Message = tuple[str, str]


class NoXgettext(Exception):
    """The machine has no xgettext; the message says how to get it."""


def source_files(root: Path) -> Iterator[Path]:
    """Our own Python files and templates that may hold sentences."""
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        parts = set(path.relative_to(root).parts[:-1])
        if not parts & NOT_OURS and not (path.suffix != ".py" and (parts & PACKAGES_TEMPLATES or "templates" not in parts)):
            yield path


def extract_messages(texts: dict[str, str], keywords: list[str] | None = None) -> list[polib.POEntry]:
    """What files say through gettext: relative path → text. `keywords` are asked for beside the usual ones."""
    if not shutil.which("xgettext"):
        raise NoXgettext("Máy chưa có xgettext. Hãy cài gói gettext (Debian, Ubuntu: sudo apt install gettext).")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            copy = Path(folder) / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text if copy.suffix == ".py" else templatize(text), encoding="utf-8")
        (Path(folder) / "names").write_text("\n".join(texts), encoding="utf-8")
        options = [f"--keyword={keyword}" for keyword in [*KEYWORDS, *(keywords or [])]]
        command = ["xgettext", "--from-code=UTF-8", "--language=Python", *options, "--files-from=names", "--output=found.pot"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        found = Path(folder) / "found.pot"
        return list(polib.pofile(str(found))) if found.exists() else []


def find_messages(root: Path) -> dict[Message, list[str]]:
    """(context or "", sentence) → where it is said, for all our own code."""
    texts = {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in source_files(root)}
    return {(entry.msgctxt or "", entry.msgid): [f"{file}:{line}" for file, line in entry.occurrences] for entry in extract_messages(texts)}


def known_messages(root: Path, language: str) -> set[Message] | None:
    """What the catalogues of a language translate; None when there is no catalogue yet."""
    catalogues = [path for path in find_catalogues(root) if path.parts[-3] == language]
    if not catalogues:
        return None
    return {(entry.msgctxt or "", entry.msgid) for path in catalogues for entry in polib.pofile(str(path)).translated_entries()}


def missing_messages(root: Path, language: str) -> dict[Message, list[str]]:
    """Sentences of ours that a language does not translate yet, with where they are said."""
    known = known_messages(root, language) or set()
    return {message: places for message, places in find_messages(root).items() if message not in known}
