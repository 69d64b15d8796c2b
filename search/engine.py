"""What an engine does. The embedded one and Elasticsearch both do it; everything above speaks only to this."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from .columns import Spec
from .documents import Document
from .tree import Hits, Query


class EngineDown(Exception):
    """The engine cannot answer now; what was asked may be asked again later. The cause is in `__cause__`."""


class IndexMissing(EngineDown):
    """There is no index yet, or an older version made it: it must be built (`manage.py update_index`)."""


@dataclass(frozen=True, slots=True)
class Sort:
    """An order by one column of numbers or moments."""

    column: str
    is_descending: bool = False


class Building(ABC):
    """An index in the making, beside the one in use."""

    @abstractmethod
    def write(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> None:
        """Put documents in, those of the same key replaced."""

    @abstractmethod
    def finish(self) -> None:
        """Put it in the place of the one in use, at once."""

    @abstractmethod
    def abandon(self) -> None:
        """Throw it away."""


class Engine(ABC):
    """Documents by key, found by a tree of queries. Every method raises EngineDown when the engine cannot."""

    name: str

    @abstractmethod
    def find(self, index: Spec, query: Query, *, start: int = 0, size: int = 10, sort: Sort | None = None, with_text: bool = False) -> Hits:
        """The best documents, or the first in an order, and how many there are; with the texts that are kept of them."""

    @abstractmethod
    def count(self, index: Spec, query: Query) -> int:
        """How many documents match."""

    @abstractmethod
    def keys(self, index: Spec, query: Query) -> list[str]:
        """Keys of all documents that match, in no order."""

    @abstractmethod
    def facets(self, index: Spec, query: Query, columns: Sequence[str]) -> dict[str, dict[Any, int]]:
        """By column: every value that the found documents have, and how many have it; under None those that have none."""

    @abstractmethod
    def frequencies(self, index: Spec, columns: Sequence[str], words: Sequence[str]) -> dict[str, int]:
        """In how many documents each token stands, in the column that has it most."""

    @abstractmethod
    def write(self, index: Spec, documents: Sequence[Document], removed: Sequence[str]) -> None:
        """Replace and remove documents by key; visible to every search that begins afterwards."""

    @abstractmethod
    def reset(self, index: Spec) -> None:
        """Make the index anew, empty."""

    @abstractmethod
    def build(self, index: Spec) -> Building:
        """Begin an index beside the one in use."""

    @abstractmethod
    def alone(self) -> AbstractContextManager[bool]:
        """Hold the right to write, if nobody else does: yields whether it is ours. Gone with the process that held it."""

    @abstractmethod
    def check(self, index: Spec) -> str:
        """Say in a few words how the index is. Raises EngineDown."""
