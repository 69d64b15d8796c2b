"""A home page or a section that is made after the roles gets its permissions at once."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page

from core.addresses import HOME_DEPTH

from .roles import grant_pages


def grant_new_page(sender: type[Any], instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Called after every save; only a new page at the top of the tree matters."""
    if created and not raw and isinstance(instance, Page) and instance.depth in (HOME_DEPTH, HOME_DEPTH + 1):
        grant_pages([instance])


def connect() -> None:
    """Called once, when the room is ready."""
    post_save.connect(grant_new_page, dispatch_uid="editorial.grant_new_page")
