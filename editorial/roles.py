"""Roles: who may do what, read from data/roles.yaml and put into Wagtail's groups.

Running it again changes nothing. It works before the tree of pages is loaded and after: a home page or a section that
comes later gets its permissions when it is made (signals.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow, WorkflowPage, WorkflowTask

from core.addresses import HOME_DEPTH

ROLES_FILE = Path(__file__).parent / "data" / "roles.yaml"
ACCESS_ADMIN = "wagtailadmin.access_admin"
HOME, TRANSLATIONS = "home", "translations"
# Whose permissions guard a kind of file: Wagtail keeps them on its own models, ours inherit them.
COLLECTION_MODELS = {"image": "wagtailimages.image", "document": "wagtaildocs.document", "media": "wagtailmedia.media", "collection": "wagtailcore.collection"}
# What Wagtail makes at its first migration; our groups and our workflow take their place.
WAGTAILS_GROUPS = ("Editors", "Moderators")
WAGTAILS_WORKFLOW, WAGTAILS_TASK = "Moderators approval", "Moderators approval"


class RolesError(Exception):
    """The roles file asks for something that does not exist. The message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class Role:
    """One group: `pages` maps a place to actions, `permissions` are full names, `collections` maps a kind of file to actions."""

    name: str
    pages: Mapping[str, tuple[str, ...]]
    permissions: frozenset[str]
    collections: Mapping[str, tuple[str, ...]]
    own_pages_only: bool = False
    explores_sources: bool = False
    account: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roles:
    """The whole file. `places` maps a place to the slugs of pages directly under a home page."""

    places: Mapping[str, tuple[str, ...]]
    roles: tuple[Role, ...]
    workflow: str
    task: str
    task_groups: tuple[str, ...]


def permission_name(model: str, action: str) -> str:
    """ "topics.byline", "add" → "topics.add_byline"."""
    app, name = model.split(".")
    return f"{app}.{action}_{name}"


@cache
def read_roles(path: Path = ROLES_FILE) -> Roles:
    """The roles file, read once a process."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    places = {name: tuple(slugs) for name, slugs in data["places"].items()}
    roles = tuple(_role(name, row) for name, row in data["groups"].items())
    workflow = data["workflow"]
    return Roles(places, roles, workflow["name"], workflow["task"], tuple(workflow["groups"]))


def _role(name: str, row: dict[str, Any]) -> Role:
    own = {permission_name(model, action) for model, actions in row.get("models", {}).items() for action in actions}
    return Role(
        name=name,
        pages={place: tuple(actions) for place, actions in row.get("pages", {}).items()},
        permissions=frozenset({ACCESS_ADMIN, *own, *row.get("also", [])}),
        collections={kind: tuple(actions) for kind, actions in row.get("collections", {}).items()},
        own_pages_only=row.get("own_pages_only", False),
        explores_sources=row.get("explores_sources", False),
        account=row.get("account", {}),
    )


@transaction.atomic
def setup_roles() -> None:
    """Make the eight groups say what the file says, and the one workflow; remove what Wagtail came with.

    Raises RolesError if the file names a permission that does not exist; then nothing is changed.
    """
    roles = read_roles()
    for role in roles.roles:
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.set(_permissions(role.permissions))
        _set_collections(group, role)
        GroupPagePermission.objects.filter(group=group).exclude(page__depth__in=(HOME_DEPTH, HOME_DEPTH + 1)).delete()
    grant_pages(pages_with_roles(), revoke=True)
    _set_workflow(roles)
    Group.objects.filter(name__in=WAGTAILS_GROUPS).delete()


def pages_with_roles() -> Iterable[Page]:
    """Home pages and what lies directly under them: the only places that permissions are given for."""
    return Page.objects.filter(depth__in=(HOME_DEPTH, HOME_DEPTH + 1)).select_related("locale").order_by("path")


def grant_pages(pages: Iterable[Page], *, revoke: bool = False) -> None:
    """Give each role what the file says for these pages; with `revoke` also take away what it does not say."""
    groups = {group.name: group for group in Group.objects.filter(name__in=[role.name for role in read_roles().roles])}
    if not groups:
        return
    codes = dict(Permission.objects.filter(content_type__app_label="wagtailcore", content_type__model="page").values_list("codename", "pk"))
    pages = list(pages)
    wanted = {
        (groups[role.name].pk, page.pk, codes[f"{action}_page"])
        for page in pages
        for role, actions in _page_actions(page)
        for action in actions
        if role.name in groups
    }
    found = GroupPagePermission.objects.filter(group__in=groups.values(), page__in=pages)
    held = {(row.group_id, row.page_id, row.permission_id): row.pk for row in found}
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group_id=group, page_id=page, permission_id=code) for group, page, code in sorted(wanted - held.keys())]
    )
    if revoke:
        GroupPagePermission.objects.filter(pk__in=[held[key] for key in held.keys() - wanted]).delete()


def _page_actions(page: Page) -> Iterator[tuple[Role, tuple[str, ...]]]:
    """Each role with what it may do on this page and below."""
    roles = read_roles()
    for role in roles.roles:
        for place, actions in role.pages.items():
            if place == HOME:
                is_there = page.depth == HOME_DEPTH
            elif place == TRANSLATIONS:
                is_there = page.depth == HOME_DEPTH and page.locale.language_code != settings.LANGUAGE_CODE
            else:
                is_there = page.depth == HOME_DEPTH + 1 and page.slug in roles.places.get(place, (place,))
            if is_there:
                yield role, actions


def _permissions(names: Iterable[str]) -> list[Permission]:
    """The rows of these full names, in one query. Raises RolesError for one that does not exist."""
    wanted = sorted(names)
    rows = Permission.objects.filter(codename__in=[name.split(".")[1] for name in wanted]).select_related("content_type")
    by_name = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    for name in wanted:
        if name not in by_name:
            raise RolesError(_("Không có quyền “%(name)s”. Hãy sửa editorial/data/roles.yaml.") % {"name": name})
    return [by_name[name] for name in wanted]


def _set_collections(group: Group, role: Role) -> None:
    """Permissions on the root collection, and so on all collections under it."""
    root = Collection.get_first_root_node()
    names = [permission_name(COLLECTION_MODELS[kind], action) for kind, actions in role.collections.items() for action in actions]
    wanted = {permission.pk for permission in _permissions(names)}
    held = GroupCollectionPermission.objects.filter(group=group)
    held.exclude(collection=root, permission__in=wanted).delete()
    have = set(held.values_list("permission_id", flat=True))
    GroupCollectionPermission.objects.bulk_create([GroupCollectionPermission(group=group, collection=root, permission_id=key) for key in sorted(wanted - have)])


def _set_workflow(roles: Roles) -> None:
    """Wagtail's own workflow of one task, under our name and given to our groups, for every page."""
    workflow = _ours_or_wagtails(Workflow, roles.workflow, WAGTAILS_WORKFLOW)
    task = _ours_or_wagtails(GroupApprovalTask, roles.task, WAGTAILS_TASK)
    task.groups.set(Group.objects.filter(name__in=roles.task_groups))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=Task.objects.get(pk=task.pk))
    WorkflowTask.objects.filter(workflow=workflow).exclude(task_id=task.pk).delete()
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})


def _ours_or_wagtails(model: type[Any], name: str, wagtails_name: str) -> Any:
    """The active row of our name: there already, or Wagtail's renamed, or new. Wagtail's own goes where both exist."""
    theirs = model.objects.filter(name=wagtails_name).first()
    ours = model.objects.filter(name=name).first()
    if ours and theirs:
        theirs.delete()
    row = ours or theirs or model()
    row.name, row.active = name, True
    row.save()
    return row


def roles_of(user: Any) -> list[Role]:
    """The roles of one user, remembered on the user object as Wagtail remembers permissions. One query."""
    if not hasattr(user, "_portal_roles"):
        names = set(user.groups.values_list("name", flat=True)) if user.pk else set()
        user._portal_roles = [role for role in read_roles().roles if role.name in names]
    return user._portal_roles


def sees_only_own_pages(user: Any) -> bool:
    """Whether this user reaches only pages that he made: an expert who has no other role with pages."""
    roles = [role for role in roles_of(user) if role.pages]
    return bool(roles) and not user.is_superuser and all(role.own_pages_only for role in roles)


def explores_sources(user: Any) -> bool:
    """Whether this user may look through the pages of the source language to choose what to translate."""
    return any(role.explores_sources for role in roles_of(user))
