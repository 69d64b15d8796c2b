"""Loaders: each room registers its own with a place in the order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .loading import Report


@dataclass(frozen=True, slots=True)
class Loader:
    """One step of `load_content`; a lower order runs first."""

    order: int
    name: str
    load: Callable[[Report], None]


_loaders: list[Loader] = []


def register_loader(order: int, name: str, load: Callable[[Report], None]) -> None:
    """Add a loader; called in a room's AppConfig.ready."""
    _loaders.append(Loader(order, name, load))


def all_loaders() -> list[Loader]:
    """Every loader in the order of running."""
    return sorted(_loaders, key=lambda loader: loader.order)
