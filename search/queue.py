"""From the database to the index: changes wait in a table, and whoever holds the engine's lock takes them in batches."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modelsearch.backends.base import get_model_root
from modelsearch.index import get_indexed_instance

from .columns import Spec, spec_of
from .documents import Document, documents_of, key_of
from .engine import Building, Engine, EngineDown, IndexMissing
from .models import IndexBuild, IndexChange

logger = logging.getLogger(__name__)

BATCH = 500
MOST_ATTEMPTS = 5
FIRST_WAIT = dt.timedelta(seconds=30)
# A build that gave no sign of life for this long is gone.
BUILD_LOST_AFTER = dt.timedelta(minutes=2)
BEAT_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 60.0


class BuildRefused(Exception):
    """The index cannot be built now. The message is Vietnamese and says what to do."""


def note(engine: Engine, model: type[models.Model], keys: Iterable[str], *, is_removal: bool = False) -> None:
    """Put objects of one model in the queue, inside the transaction that changes them."""
    root = get_model_root(model)
    index = spec_of(root).name
    IndexChange.objects.bulk_create(
        [IndexChange(engine=engine.name, index=index, model=model._meta.label_lower, key=key, is_removal=is_removal) for key in keys], batch_size=BATCH
    )


def waiting(engine: Engine) -> models.QuerySet[IndexChange]:
    """What the engine has yet to take over and may now."""
    now = timezone.now()
    return IndexChange.objects.filter(engine=engine.name, is_kept=False).exclude(not_before__gt=now)


def drain(engine: Engine, *, wait_seconds: float = 0.0) -> int:
    """Bring the indexes up to date; how many rows were taken. Zero where another process is at it, after waiting that long.

    Raises EngineDown: the rows stay.
    """
    last = waiting(engine).order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return 0
    with _Alone(engine, wait_seconds) as is_ours:
        if not is_ours:
            return 0
        taken = 0
        missing: set[str] = set()
        # What is noted from now on is the next one's: a busy desk must not keep this process for ever.
        while rows := list(waiting(engine).filter(pk__lte=last).exclude(index__in=missing).order_by("pk")[:BATCH]):
            by_index: dict[str, list[IndexChange]] = defaultdict(list)
            for row in rows:
                by_index[row.index].append(row)
            for index, group in by_index.items():
                try:
                    taken += _take(engine, group)
                except IndexMissing:
                    # Building it reads the database anew; what came before is in it.
                    missing.add(index)
        if missing:
            raise IndexMissing(", ".join(sorted(missing)))
        return taken


class _Alone:
    """The engine's lock, tried again for a while; entering says whether it is ours."""

    def __init__(self, engine: Engine, wait_seconds: float) -> None:
        self.engine, self.wait_seconds = engine, wait_seconds

    def __enter__(self) -> bool:
        deadline = time.monotonic() + self.wait_seconds
        while True:
            self.lock = self.engine.alone()
            if self.lock.__enter__():
                return True
            if time.monotonic() >= deadline:
                return False
            self.lock.__exit__(None, None, None)
            time.sleep(0.02)

    def __exit__(self, *error: object) -> None:
        self.lock.__exit__(*error)  # type: ignore[arg-type]


def _take(engine: Engine, rows: Sequence[IndexChange]) -> int:
    """Bring the documents of some rows of one index to what the database says, then let go of the rows."""
    spec = _spec(rows[0])
    if spec is None:
        # A model that the code no longer has.
        IndexChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return len(rows)
    # Asked before the documents are made: without an index they would be made in vain at every save.
    engine.check(spec)
    documents, removed, failed = _state_of(rows)
    engine.write(spec, documents, removed)
    done = [row.pk for row in rows if row.key not in failed]
    with transaction.atomic():
        changes = IndexChange.objects.filter(pk__in=done)
        if _is_building(engine, spec):
            changes.update(is_kept=True)
        else:
            changes.delete()
        for row in rows:
            if row.key in failed:
                _postpone(row)
    return len(done)


def _spec(row: IndexChange) -> Spec | None:
    try:
        return spec_of(get_model_root(apps.get_model(row.model)))
    except LookupError:
        return None


def _state_of(rows: Sequence[IndexChange]) -> tuple[list[Document], list[str], set[str]]:
    """What the database says of the rows' objects: documents, keys to remove, keys whose document could not be made."""
    last: dict[str, IndexChange] = {}
    for row in rows:
        last[row.key] = row
    removed = [key for key, row in last.items() if row.is_removal]
    by_model: dict[type[Any], list[str]] = defaultdict(list)
    for key, row in last.items():
        if not row.is_removal:
            by_model[apps.get_model(row.model)].append(key)
    documents: list[Document] = []
    failed: set[str] = set()
    for model, keys in by_model.items():
        found = set()
        for kind, objects in _indexed(model, keys):
            found |= {key_of(object_) for object_ in objects}
            documents += _documents(kind, objects, failed)
        removed += [key for key in keys if key not in found]
    return documents, removed, failed


def _indexed(model: type[Any], keys: list[str]) -> Iterator[tuple[type[Any], list[Any]]]:
    """The objects as they are indexed: most in one query, those of a more specific class one by one."""
    objects = list(model.get_indexed_objects().filter(pk__in=keys))
    yield model, objects
    found = {key_of(object_) for object_ in objects}
    for object_ in model._default_manager.filter(pk__in=[key for key in keys if key not in found]):
        specific = get_indexed_instance(object_)
        if specific is not None:
            yield type(specific), [specific]


def _documents(model: type[Any], objects: list[Any], failed: set[str]) -> list[Document]:
    try:
        return documents_of(model, objects)
    except EngineDown:
        raise
    except Exception:
        if len(objects) == 1:
            logger.exception("Không đưa được %s %s vào chỉ mục.", model._meta.label, objects[0].pk)
            failed.add(key_of(objects[0]))
            return []
        # One of them cannot be read; the others go on.
        return [document for object_ in objects for document in _documents(model, [object_], failed)]


def _postpone(row: IndexChange) -> None:
    row.attempts += 1
    if row.attempts >= MOST_ATTEMPTS:
        logger.error("Bỏ %s khỏi hàng đợi chỉ mục sau %s lần.", row, row.attempts)
        row.delete()
        return
    row.not_before = timezone.now() + FIRST_WAIT * 4 ** (row.attempts - 1)
    row.save(update_fields=["attempts", "not_before"])


def _is_building(engine: Engine, spec: Spec) -> bool:
    """Whether the index is being built beside the one in use."""
    forget_lost_builds(engine)
    return IndexBuild.objects.filter(engine=engine.name, index=spec.name).exists()


def forget_lost_builds(engine: Engine) -> None:
    """Forget builds whose process is gone, and what was kept for them."""
    for build in IndexBuild.objects.filter(engine=engine.name, beaten_at__lt=timezone.now() - BUILD_LOST_AFTER):
        logger.warning("Lần dựng chỉ mục %s bị bỏ dở.", build.index)
        with transaction.atomic():
            build.delete()
            IndexChange.objects.filter(engine=engine.name, index=build.index, is_kept=True).delete()


class Rebuild:
    """One index built anew from the database while searches and edits go on. What is edited meanwhile is not lost.

    From `start` on, rows that go into the index in use are kept; `finish` brings them into the new one before it takes over.
    """

    def __init__(self, engine: Engine, spec: Spec) -> None:
        self.engine, self.spec = engine, spec
        self.token = secrets.token_hex(8)
        self.building: Building | None = None
        self.beaten_at = 0.0

    def start(self) -> None:
        """Say that the index is being built. Raises BuildRefused while another process builds it."""
        with transaction.atomic():
            if _is_building(self.engine, self.spec):
                raise BuildRefused(_("Chỉ mục %(index)s đang được dựng ở một tiến trình khác. Chờ xong rồi chạy lại.") % {"index": self.spec.name})
            IndexBuild.objects.create(engine=self.engine.name, index=self.spec.name, token=self.token, beaten_at=timezone.now())
        self.building = self.engine.build(self.spec)

    def add(self, model: type[Any], objects: Sequence[Any]) -> None:
        """Documents of some objects of one model; one that cannot be made is logged and left out."""
        assert self.building is not None
        self.building.write(_documents(model, list(objects), set()))
        self.beat()

    def beat(self) -> None:
        """Leave a sign of life."""
        if time.monotonic() - self.beaten_at < BEAT_SECONDS:
            return
        self.beaten_at = time.monotonic()
        if not self._mine().update(beaten_at=timezone.now()):
            self.abandon()
            raise BuildRefused(_("Lần dựng chỉ mục %(index)s đã bị coi là bỏ dở. Chạy lại lệnh này.") % {"index": self.spec.name})

    def finish(self) -> None:
        """Bring in what changed meanwhile, then put the new index in the place of the old one."""
        assert self.building is not None
        with _Alone(self.engine, LONGEST_WAIT_SECONDS) as is_ours:
            self.beaten_at = 0.0
            self.beat()
            if not is_ours:
                self.abandon()
                raise BuildRefused(_("Chỉ mục %(index)s đang bị giữ quá lâu. Chạy lại lệnh này.") % {"index": self.spec.name})
            kept = IndexChange.objects.filter(engine=self.engine.name, index=self.spec.name, is_kept=True)
            last = 0
            while rows := list(kept.filter(pk__gt=last).order_by("pk")[:BATCH]):
                documents, removed, _failed = _state_of(rows)
                self.building.write(documents, removed)
                last = rows[-1].pk
            self.building.finish()
            with transaction.atomic():
                kept.delete()
                self._mine().delete()
        self.building = None

    def abandon(self) -> None:
        """Leave everything as it was."""
        if self.building is not None:
            self.building.abandon()
            self.building = None
        self._mine().delete()

    def _mine(self) -> models.QuerySet[IndexBuild]:
        return IndexBuild.objects.filter(engine=self.engine.name, index=self.spec.name, token=self.token)


def rebuild(engine: Engine, roots: Iterable[type[models.Model]], chunk: int = BATCH) -> int:
    """Build the indexes of these root models anew; how many documents."""
    from modelsearch.index import get_indexed_models

    count = 0
    for root in roots:
        build = Rebuild(engine, spec_of(root))
        build.start()
        try:
            for model in (model for model in get_indexed_models() if get_model_root(model) is root):
                for objects in _chunks(model, chunk):
                    build.add(model, objects)
                    count += len(objects)
            build.finish()
        except BaseException:
            build.abandon()
            raise
    return count


def _chunks(model: type[Any], size: int) -> Iterator[list[Any]]:
    """All indexed objects of a model, by primary key."""
    last = None
    while True:
        objects = model.get_indexed_objects().order_by("pk")
        chunk = list(objects.filter(pk__gt=last)[:size] if last is not None else objects[:size])
        if not chunk:
            return
        yield chunk
        last = chunk[-1].pk


def drain_here(engine: Engine) -> None:
    """Drain in this process unless a worker does; an engine that is down leaves the rows where they are."""
    if worker_is_alive():
        return
    try:
        # Another process that is at it may have begun before this change.
        drain(engine, wait_seconds=1.0)
    except EngineDown as error:
        logger.warning("Chỉ mục %s chưa nhận thay đổi (%r); thay đổi nằm trong hàng đợi.", engine.name, error)


def worker_is_alive() -> bool:
    """Whether the worker gave a sign of life lately; asked once in ten seconds."""
    if not apps.is_installed("core"):
        return False
    from core.models import WorkerHeartbeat

    now = time.monotonic()
    if now - _asked["at"] > 10:
        beaten = WorkerHeartbeat.objects.filter(beaten_at__gte=timezone.now() - dt.timedelta(seconds=30))
        _asked.update(at=now, alive=beaten.exists())
    return bool(_asked["alive"])


_asked: dict[str, Any] = {"at": -60.0, "alive": False}
