"""The style sheet: one file, light to load, and every value of the look in one place."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from core.css_bundle import BUNDLE, build_bundle, css_parts, joined_css

FOLDER = Path(settings.STATICFILES_DIRS[0]) / "css"
COMPONENTS = [path for path in css_parts(FOLDER) if path.name != "tokens.css"]
HEAVIEST = 12 * 1024


@pytest.fixture
def sheets(tmp_path):
    """A small folder of sheets in the bundle's shape."""
    folder = tmp_path / "css"
    (folder / "components").mkdir(parents=True)
    for name in ("tokens.css", "base.css", "layout.css", "print-kinds.css", "print.css", "components/b.css", "components/a.css"):
        (folder / name).write_text(f".{Path(name).stem} {{ color: var(--ink); }}\n", encoding="utf-8")
    return folder


def test_parts_are_joined_tokens_first_and_print_last(sheets):
    assert re.findall(r"\.([\w-]+)\{", joined_css(css_parts(sheets))) == ["tokens", "base", "layout", "a", "b", "print", "print-kinds"]


def test_the_bundle_is_built_again_only_when_a_part_is_newer(sheets, tmp_path):
    target = tmp_path / "build" / "css" / "site.css"

    assert build_bundle(sheets, target)
    os.utime(target, (target.stat().st_atime, target.stat().st_mtime + 5))
    assert not build_bundle(sheets, target)

    later = target.stat().st_mtime + 5
    os.utime(sheets / "components" / "a.css", (later, later))
    assert build_bundle(sheets, target)


def test_static_files_find_the_bundle_and_nothing_else_in_its_finder():
    found = finders.find(BUNDLE)

    assert found
    assert "@layer tokens,base,layout,components,utilities,print" in Path(found).read_text(encoding="utf-8")


def test_the_style_sheet_weighs_at_most_twelve_kilobytes_compressed():
    assert len(gzip.compress(joined_css(css_parts(FOLDER)).encode(), 9)) <= HEAVIEST


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_sheet_names_no_value_that_tokens_do_not_have(path):
    """No colour, size or font, no id selector, no !important; break points alone are written where they are used."""
    text = re.sub(r"/\*.*?\*/|@media[^{]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text) == []
    assert re.findall(r"(?<![\w-])\d*\.?\d+(?:px|rem|pt|ch|vw)\b", text) == []
    assert re.findall(r"font-family|!important|^\s*#[\w-]+", text, flags=re.MULTILINE) == []


@pytest.mark.parametrize("path", css_parts(FOLDER), ids=lambda path: path.name)
def test_no_descendant_begins_with_a_pseudo_class(path):
    """The minifier joins ".a :is(b)" to ".a:is(b)", which selects something else."""
    assert re.findall(r"[\w\])] :(?:is|not|where|has|first|last|nth)\b", path.read_text(encoding="utf-8")) == []
