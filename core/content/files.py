"""Reading content files: YAML lists, and Markdown with YAML front matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from core.vietnamese import normalise

from .errors import ContentError

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One item as its file says: `key` is the path from the repository's root, `digest` changes with any byte."""

    key: str
    slug: str
    data: dict[str, Any]
    body: str
    digest: str


def key_of(path: Path) -> str:
    """The file's path from the repository's root, the same on every machine."""
    return path.resolve().relative_to(settings.ROOT).as_posix()


def digest_of(*parts: str) -> str:
    """A fingerprint of what was read."""
    return sha256("\x1f".join(parts).encode()).hexdigest()


def read_text(path: Path) -> str:
    """The file as NFC text. Raises ContentError if it is not UTF-8."""
    try:
        # Some editors begin a UTF-8 file with a mark that nobody sees.
        return normalise(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ContentError(_("%(file)s: không phải UTF-8. Hãy lưu lại bằng mã UTF-8.") % {"file": key_of(path)}) from error


def parse_yaml(text: str, where: str) -> Any:
    """The value of a piece of YAML. Raises ContentError, naming `where`, with the line where it breaks."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        # A day that is in no calendar (2026-02-30) is a ValueError.
        raise ContentError(_("%(file)s: YAML sai: %(error)s") % {"file": where, "error": error}) from error


def read_yaml(path: Path) -> Any:
    """The value of a YAML file. Raises ContentError with the line where it breaks."""
    return parse_yaml(read_text(path), key_of(path))


def read_markdown(path: Path) -> ContentFile:
    """One item from a Markdown file with front matter. Raises ContentError if the front matter is missing or broken."""
    text = read_text(path)
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), 0)
    if lines[0].rstrip() != _FENCE or not end:
        raise ContentError(_("%(file)s: thiếu phần đầu giữa hai dòng ---.") % {"file": key_of(path)})
    # The first fence stays as an empty line, so that messages count lines as the file does.
    data = parse_yaml("\n".join(["", *lines[1:end]]), key_of(path))
    if not isinstance(data, dict):
        raise ContentError(_("%(file)s: phần đầu phải là các dòng “khóa: giá trị”.") % {"file": key_of(path)})
    return ContentFile(key_of(path), data.pop("slug", path.stem), data, "\n".join(lines[end + 1 :]).strip(), digest_of(text))


def read_folder(folder: Path) -> Iterator[ContentFile]:
    """Every Markdown item of a folder in the order of names; none if the folder is not there."""
    for path in sorted(folder.glob("*.md")):
        yield read_markdown(path)
