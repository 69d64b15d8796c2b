"""modelsearch's backend over an engine: what both of ours share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from modelsearch.backends.base import BaseIndex, get_model_root
from modelsearch.index import class_is_indexed

from . import queue
from .columns import Spec, spec_of
from .compiling import StartsCompiler, TreeCompiler
from .documents import key_of
from .engine import Engine
from .models import IndexChange
from .results import EngineResults

REFRESH_WAIT_SECONDS = 30.0


class EngineIndex(BaseIndex):
    """The index of one root model. What is added goes through the queue; `refresh` waits until it is in."""

    def __init__(self, backend: Any, root: type[models.Model]) -> None:
        super().__init__(backend)
        self.root = root

    @property
    def engine(self) -> Engine:
        return self.backend.engine

    @property
    def spec(self) -> Spec:
        return spec_of(self.root)

    def get_key(self) -> str:
        return f"{self.backend.index_prefix}{self.spec.name}"

    def __str__(self) -> str:
        return self.get_key()

    def add_items(self, model: type[Any], items: Iterable[Any]) -> None:
        if class_is_indexed(model):
            self._note(model, items)

    def delete_item(self, item: Any) -> None:
        if class_is_indexed(type(item)):
            self._note(type(item), [item], is_removal=True)

    def _note(self, model: type[Any], items: Iterable[Any], *, is_removal: bool = False) -> None:
        queue.note(self.engine, model, [key_of(item) for item in items], is_removal=is_removal)
        transaction.on_commit(lambda: queue.drain_here(self.engine))

    def refresh(self) -> None:
        queue.drain(self.engine, wait_seconds=REFRESH_WAIT_SECONDS)

    def reset(self) -> None:
        IndexChange.objects.filter(engine=self.engine.name, index=self.spec.name).delete()
        self.engine.reset(self.spec)


class EngineRebuilder:
    """modelsearch's protocol for an index built anew; `manage.py update_index` does the same without offsets."""

    def __init__(self, index: EngineIndex) -> None:
        self.build = queue.Rebuild(index.engine, index.spec)
        self.index = index

    def start(self) -> BuildingIndex:
        self.build.start()
        return BuildingIndex(self.index, self.build)

    def finish(self) -> None:
        self.build.finish()


class BuildingIndex(BaseIndex):
    """Takes objects straight into the index in the making."""

    def __init__(self, index: EngineIndex, build: queue.Rebuild) -> None:
        super().__init__(index.backend)
        self.index, self.build = index, build

    def get_key(self) -> str:
        return self.index.get_key()

    def add_items(self, model: type[Any], items: Iterable[Any]) -> None:
        self.build.add(model, list(items))


class EngineBackendMixin:
    """The classes and names that both backends have in common."""

    query_compiler_class = TreeCompiler
    autocomplete_query_compiler_class = StartsCompiler
    results_class = EngineResults
    rebuilder_class = EngineRebuilder
    index_class = EngineIndex
    # A change waits in the database: an engine that is down never stops a save.
    catch_indexing_errors = True
    index_prefix = ""
    engine: Engine

    def get_index_for_model(self, model: type[models.Model]) -> EngineIndex:
        return EngineIndex(self, get_model_root(model))

    def refresh_indexes(self) -> None:
        queue.drain(self.engine, wait_seconds=REFRESH_WAIT_SECONDS)
