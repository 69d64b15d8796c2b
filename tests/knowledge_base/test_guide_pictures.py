"""The drawings of the guides: one for each, light, alike in frame, and their labels said again in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.content.files import read_folder
from core.drawings import check_drawing

ROOM = Path(__file__).resolve().parents[2] / "knowledge_base" / "data"
FILES = {path.name: path for path in sorted((ROOM / "pictures").iterdir())}
MOST_BYTES = 8_000


def shown() -> Iterator[tuple[str, str, str]]:
    """Guide, name of the file, what is said of it."""
    for guide in read_folder(ROOM / "guides"):
        yield guide.slug, guide.data.get("lead_image", ""), guide.data.get("lead_image_alt", "")
        steps: list[dict[str, Any]] = guide.data.get("steps") or []
        yield from ((guide.slug, step["figure"], step.get("alt", "")) for step in steps if "figure" in step)


def labels_of(path: Path) -> list[str]:
    """Words and measures inside a drawing; a number alone points at something."""
    return [label for label in re.findall(r"<text[^>]*>([^<]+)</text>", path.read_text(encoding="utf-8")) if not label.isdigit()]


def test_every_guide_has_a_drawing_and_every_drawing_a_guide() -> None:
    assert {guide for guide, name, alt in shown() if name not in FILES or not alt} == set()
    assert set(FILES) - {name for _guide, name, _alt in shown()} == set()


def test_a_drawing_is_light_safe_and_of_one_frame() -> None:
    for name, path in FILES.items():
        content = path.read_bytes()
        check_drawing(content)
        assert len(content) <= MOST_BYTES, name
        assert b'viewBox="0 0 640 400"' in content, name
        # Its own light ground comes first, so that a dark page shows it as a light one does.
        assert re.search(rb'^<svg [^>]*>\n<rect width="640" height="400" fill="#[0-9a-f]{3,6}"/>', content), name


def test_what_is_written_in_a_drawing_is_said_in_its_words_too() -> None:
    unsaid = {(name, label) for _guide, name, alt in shown() for label in labels_of(FILES[name]) if label.lower() not in alt.lower()}

    assert unsaid == set()
