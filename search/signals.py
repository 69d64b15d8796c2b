"""What changes in the database goes into the queue of the index, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from modelsearch.backends import get_search_backends
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.models import Page
from wagtail.signals import post_page_move

from topics.queries import TAXONOMIES

from . import queue
from .backend import EngineBackendMixin
from .site_documents import pages_of_topic

Handler = Callable[..., None]


def note_changes(model: type[models.Model], keys: Iterable[Any], *, is_removal: bool = False) -> None:
    """Tell every engine of ours that objects of a model changed."""
    keys = [str(key) for key in keys]
    if not keys:
        return
    for backend in get_search_backends(with_auto_update=True):
        if isinstance(backend, EngineBackendMixin):
            engine = backend.engine
            queue.note(engine, model, keys, is_removal=is_removal)
            transaction.on_commit(lambda engine=engine: queue.drain_here(engine), robust=True)


def on_save(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """A saved object. Fixtures are indexed by `update_index`."""
    if kwargs.get("raw"):
        return
    note_changes(sender, [instance.pk])
    _others(post_save_signal_handler, sender, instance, **kwargs)


def on_delete(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """A deleted object."""
    note_changes(sender, [instance.pk], is_removal=True)
    _others(post_delete_signal_handler, sender, instance, **kwargs)


def _others(handler: Handler, sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """modelsearch's own handler, where a backend that is not ours is configured."""
    if any(not isinstance(backend, EngineBackendMixin) for backend in get_search_backends(with_auto_update=True)):
        handler(sender=sender, instance=instance, **kwargs)


def on_topic_save(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A value's names stand in the documents of every item that carries it."""
    if not kwargs.get("raw") and not kwargs.get("created"):
        note_changes(Page, pages_of_topic(instance))


def on_subtree_change(sender: type[models.Model], instance: Page, **kwargs: Any) -> None:
    """A page that moved or has another slug: its descendants' paths changed without being saved."""
    note_changes(Page, instance.get_descendants(inclusive=True).values_list("pk", flat=True))


def connect_site() -> None:
    """What changes documents beside the saving of the object itself."""
    for model in TAXONOMIES:
        post_save.connect(on_topic_save, sender=model, dispatch_uid=f"search-topic-{model._meta.label}")
    post_page_move.connect(on_subtree_change, dispatch_uid="search-move")


def connect() -> None:
    """Take the place of modelsearch's handlers, which put a task in a queue for each save and lose it when the engine is down."""
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
        post_delete.disconnect(post_delete_signal_handler, sender=model)
        if getattr(model, "search_auto_update", True):
            post_save.connect(on_save, sender=model, dispatch_uid=f"search-save-{model._meta.label}")
            post_delete.connect(on_delete, sender=model, dispatch_uid=f"search-delete-{model._meta.label}")
