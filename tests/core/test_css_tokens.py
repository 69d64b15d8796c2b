"""Sheets speak in tokens and stand in layers: every value has one place, and no sheet wins by accident."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from core.css_bundle import css_parts

FOLDER = Path(settings.STATICFILES_DIRS[0]) / "css"
SHEETS = [path for path in (*css_parts(FOLDER), FOLDER / "guide.css") if path.name != "tokens.css"]
# What a browser may read outside any layer: faces of a font, the margins of a sheet of paper.
AT_THE_TOP = re.compile(r"@(font-face|page)\b")


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def at_the_top(css: str) -> list[str]:
    """Openings of the outermost blocks."""
    found, depth, start = [], 0, 0
    for place, letter in enumerate(css):
        if letter == "{":
            if depth == 0:
                found.append(css[start:place].strip())
            depth += 1
        elif letter == "}":
            depth -= 1
            start = place + 1
    return found


TOKENS = without_comments(FOLDER / "tokens.css")
DEFINED = set(re.findall(r"(--[\w-]+)\s*:", TOKENS))
ORDER = re.search(r"@layer ([\w, ]+);", TOKENS)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_uses_tokens_that_are_there_and_makes_none(path):
    css = without_comments(path)

    assert set(re.findall(r"var\((--[\w-]+)", css)) - DEFINED == set()
    assert re.findall(r"[{;]\s*(--[\w-]+)\s*:", css) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_rule_stands_in_a_layer_of_the_order(path):
    assert ORDER
    layers = {f"@layer {name.strip()}" for name in ORDER.group(1).split(",")}

    assert [block for block in at_the_top(without_comments(path)) if block not in layers and not AT_THE_TOP.match(block)] == []


def test_no_token_is_left_over():
    used = {name for path in (*SHEETS, FOLDER / "tokens.css") for name in re.findall(r"var\((--[\w-]+)", without_comments(path))}

    assert sorted(DEFINED - used) == []
