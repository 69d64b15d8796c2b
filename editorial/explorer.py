"""What a role sees of the tree of pages in the admin, beside what Wagtail's permissions say.

An expert sees the sections and his own pages, and nothing of others, not even a title. A translator also looks through
the pages of the source language, to choose what to translate. One place for the explorer, its search, the admin's API,
the choosers and the history report: all of them ask Wagtail's page policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.addresses import HOME_DEPTH

from .roles import explores_sources, sees_only_own_pages

_explorable_instances = PagePermissionPolicy.explorable_instances
_actionable_objects = PageBulkAction.get_actionable_objects
_instances_with_direct_explore_permission = PagePermissionPolicy.instances_with_direct_explore_permission


def source_homes() -> PageQuerySet:
    """Home pages of the source language."""
    return Page.objects.filter(depth=HOME_DEPTH, locale__language_code=settings.LANGUAGE_CODE)


def explorable_instances(policy: PagePermissionPolicy, user: Any) -> PageQuerySet:
    """Pages that the explorer, its search and the admin's API show to a user."""
    pages = _explorable_instances(policy, user)
    if user.is_superuser or not user.is_active:
        return pages
    if explores_sources(user):
        for home in source_homes():
            pages |= Page.objects.descendant_of(home, inclusive=True)
        pages |= Page.objects.filter(depth=1)
    if sees_only_own_pages(user):
        pages = pages.filter(Q(depth__lte=HOME_DEPTH + 1) | Q(owner=user))
    return pages


def instances_with_direct_explore_permission(policy: PagePermissionPolicy, user: Any) -> Iterable[Page]:
    """Pages from which a user's explorer starts: their common ancestor is its root."""
    pages = _instances_with_direct_explore_permission(policy, user)
    if not user.is_superuser and explores_sources(user):
        return [*pages, *source_homes()]
    return pages


def actionable_objects(action: PageBulkAction) -> tuple[list[Page], dict[str, list[Page]]]:
    """What is done to many pages at once names those that it leaves alone: refused where an expert would read a title."""
    pages, left_alone = _actionable_objects(action)
    user: Any = action.request.user
    if sees_only_own_pages(user) and any(page.owner_id != user.pk for page in left_alone["items_with_no_access"]):
        raise PermissionDenied
    return pages, left_alone


def install() -> None:
    """Teach Wagtail's policy. It is made in several places and has no setting for another class, hence the class itself."""
    PageBulkAction.get_actionable_objects = actionable_objects
    PagePermissionPolicy.explorable_instances = explorable_instances
    PagePermissionPolicy.instances_with_direct_explore_permission = instances_with_direct_explore_permission


def choosable_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """What a chooser of pages offers: an expert links to what is public and to his own."""
    return pages.filter(Q(live=True) | Q(owner=request.user)) if sees_only_own_pages(request.user) else pages
