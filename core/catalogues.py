"""Catalogues of words: every .po becomes a .mo without gettext's own tools, which a bare machine lacks.

No Django here: it can run before the settings are read.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def find_catalogues(root: Path = ROOT) -> list[Path]:
    """Every .po of ours, sorted: site/locale and each room's locale."""
    return sorted(root.glob("*/locale/*/LC_MESSAGES/*.po"))


def is_stale(catalogue: Path) -> bool:
    """Whether the .mo beside this .po is missing or older."""
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < catalogue.stat().st_mtime_ns


def compile_catalogues(root: Path = ROOT, *, every: bool = False) -> list[Path]:
    """Compile what is stale (or all); returns the .po files compiled. Two processes may do it at once."""
    compiled = []
    for catalogue in find_catalogues(root):
        if not (every or is_stale(catalogue)):
            continue
        import polib

        target = catalogue.with_suffix(".mo")
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        polib.pofile(str(catalogue)).save_as_mofile(str(draft))
        draft.replace(target)
        compiled.append(catalogue)
    return compiled


def forget_loaded_catalogues() -> None:
    """Let this process read the catalogues anew, as Django's own reloader does."""
    import gettext
    from typing import Any

    from asgiref.local import Local
    from django.utils.translation import trans_real

    internals: Any = trans_real
    gettext._translations = {}  # type: ignore[attr-defined]
    internals._translations = {}
    internals._default = None
    internals._active = Local()
