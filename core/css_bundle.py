"""One style sheet out of many: joins static/css into css/site.css, where runserver and collectstatic find it; and the style guide's."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from core.styleguide.sheet import with_shown_states

BUNDLE = "css/site.css"
GUIDE = "css/styleguide.css"
# Named here because the finder's own method `list` hides the builtin inside its class.
Paths: TypeAlias = list[str]
Messages: TypeAlias = list[Any]
# Layers decide who wins, not this order; but the sheet that names the layers comes first.
FIRST = ("tokens.css", "base.css", "layout.css")


def css_parts(folder: Path) -> list[Path]:
    """The sheets of `static/css` in the order they are joined: tokens, base, layout, components by name (a head before its kinds), print and its kinds."""
    components = sorted((folder / "components").glob("*.css"), key=lambda path: path.stem)
    paper = sorted(folder.glob("print*.css"), key=lambda path: path.stem)
    return [*(folder / name for name in FIRST), *components, *paper]


def joined_css(parts: list[Path]) -> str:
    """The parts as one minified sheet. Addresses in it stay relative to css/, where every part and the bundle lie."""
    return str(rcssmin.cssmin("\n".join(part.read_text(encoding="utf-8") for part in parts)))


def guide_css(parts: list[Path]) -> str:
    """The parts as the style guide shows them, and what only the guide has: guide.css beside them."""
    return with_shown_states(joined_css(parts)) + joined_css([parts[0].parent / "guide.css"])


BUNDLES: dict[str, Callable[[list[Path]], str]] = {BUNDLE: joined_css, GUIDE: guide_css}


def build_bundle(folder: Path, target: Path, join: Callable[[list[Path]], str] = joined_css) -> bool:
    """Write the bundle unless it is newer than every part; True if it was written.

    Processes that start together may both build: each writes a file of its own and puts it in place in one move.
    """
    parts = css_parts(folder)
    # A folder's own time moves when a part is added or removed.
    newest = max(path.stat().st_mtime_ns for path in (*folder.glob("*.css"), *parts, folder / "components"))
    if target.exists() and target.stat().st_mtime_ns > newest:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, suffix=".css", delete=False) as draft:
        draft.write(join(parts))
    # NamedTemporaryFile writes for its owner alone; a web server that serves the collected files is another user.
    Path(draft.name).chmod(0o644)
    Path(draft.name).replace(target)
    return True


class BundleFinder(BaseFinder):
    """Finds the bundles, and builds them under DATA_DIR/build when a part has changed since."""

    def __init__(self, app_names: Paths | None = None, *args: Any, **kwargs: Any) -> None:
        self.folder = Path(settings.STATICFILES_DIRS[0]) / "css"
        self.storage = FileSystemStorage(location=Path(settings.DATA_DIR) / "build")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> Messages:
        """Nothing to check: a missing part stops the build with its name."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | Paths:
        """A bundle's place on disk, fresh; an empty list for every other path."""
        if path not in BUNDLES:
            return []
        target = self._fresh(path)
        return [str(target)] if find_all else str(target)

    def list(self, ignore_patterns: Paths | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """What collectstatic copies: the bundles."""
        for path in BUNDLES:
            self._fresh(path)
            yield path, self.storage

    def _fresh(self, path: str) -> Path:
        target = Path(self.storage.path(path))
        build_bundle(self.folder, target, BUNDLES[path])
        return target
