"""The pictures that come with the software: each shown somewhere and said in words; drawings light, safe, and alike in frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.content.files import read_folder
from core.content.markdown import to_blocks
from core.drawings import check_drawing

pytestmark = pytest.mark.django_db  # which links a text may keep is asked of the database

ROOT = Path(__file__).resolve().parents[2]
FILES = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.glob("*/data/pictures/*"))}
DRAWINGS = {name: path for name, path in FILES.items() if path.suffix == ".svg"}
MOST_BYTES = 8_000


def shown() -> Iterator[tuple[str, str, str]]:
    """Item, path of the picture, what is said of it."""
    for folder in sorted(ROOT.glob("*/data/*/")):
        room = folder.parents[1].name
        for item in read_folder(folder):
            given = [(item.data.get("lead_image"), item.data.get("lead_image_alt"))]
            given += pictures_in(item.data.get("steps") or [])
            given += pictures_in([block["value"] for block in to_blocks(item.body, item.key)])
            yield from ((item.key, f"{room}/data/pictures/{name}", alt or "") for name, alt in given if name)


def pictures_in(part: Any) -> list[tuple[str, str]]:
    """(file, words) of every picture in YAML values, however deep."""
    if isinstance(part, list):
        return [found for entry in part for found in pictures_in(entry)]
    if not isinstance(part, dict):
        return []
    here = [(part[key], part.get("alt", "")) for key in ("figure", "image") if isinstance(part.get(key), str)]
    return here + [found for value in part.values() for found in pictures_in(value)]


def labels_of(path: Path) -> list[str]:
    """Words and measures inside a drawing; a number alone points at something."""
    return [label for label in re.findall(r"<text[^>]*>([^<]+)</text>", path.read_text(encoding="utf-8")) if not label.isdigit()]


def test_every_picture_is_there_shown_and_said_in_words() -> None:
    rows = list(shown())

    assert [row for row in rows if row[1] not in FILES or not row[2]] == []
    assert sorted(set(FILES) - {name for _item, name, _alt in rows}) == []


def test_every_guide_has_its_picture() -> None:
    assert [guide.slug for guide in read_folder(ROOT / "knowledge_base/data/guides") if not guide.data.get("lead_image")] == []


def test_a_drawing_is_light_safe_and_of_one_frame() -> None:
    for name, path in DRAWINGS.items():
        content = path.read_bytes()
        check_drawing(content)
        assert len(content) <= MOST_BYTES, name
        assert b'viewBox="0 0 640 400"' in content, name
        # Its own light ground comes first, so that a dark page shows it as a light one does.
        assert re.search(rb'^<svg [^>]*>\n<rect width="640" height="400" fill="#[0-9a-f]{3,6}"/>', content), name


def test_what_is_written_in_a_drawing_is_said_in_its_words_too() -> None:
    unsaid = [(name, label) for _item, name, alt in shown() if name in DRAWINGS for label in labels_of(DRAWINGS[name]) if label.lower() not in alt.lower()]

    assert unsaid == []
