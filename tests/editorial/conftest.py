"""The roles on the tree, somebody logged in, an item of each kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from achievements.models import AchievementPage, HonoureePage
from editorial.roles import setup_roles
from knowledge_base.models import GuidePage, QuestionPage
from news.models import ArticlePage
from outreach.models import EventPage
from programme.models import DocumentPage, PolicyPage
from tests.conftest import Tree

# Section → its kind, and what else a row of it cannot be without.
KINDS: dict[str, tuple[type[Any], dict[str, Any]]] = {
    "tin-tuc": (ArticlePage, {}),
    "thanh-tuu": (AchievementPage, {}),
    "ton-vinh": (HonoureePage, {"kind": "ho-gia-dinh"}),
    "cam-nang": (GuidePage, {}),
    "hoi-dap": (QuestionPage, {"question": "Lá hồi có đốm nâu thì làm gì?"}),
    "chinh-sach": (PolicyPage, {"benefit": "<p>Giống cây.</p>"}),
    "su-kien": (EventPage, {"starts_at": timezone.make_aware(dt.datetime(2026, 12, 1, 8))}),
    "van-ban": (DocumentPage, {"number": "88-CTr/TU", "issued_on": dt.date(2023, 6, 19), "issuer": "Tỉnh ủy"}),
}


@pytest.fixture
def roles(tree: Tree) -> Tree:
    """The tree with the eight groups and the workflow."""
    setup_roles()
    return tree


@pytest.fixture
def account(roles: Tree) -> Callable[..., Any]:
    """`account("bientap")`: a user in that group."""

    def account(role: str, name: str | None = None) -> Any:
        user = get_user_model().objects.create(username=name or role, last_name="Nguyễn Thị", first_name="Mẫu", email=f"{name or role}@example.org")
        user.groups.add(Group.objects.get(name=role))
        return user

    return account


@pytest.fixture
def login(account: Callable[..., Any]) -> Callable[..., Client]:
    """`login("bientap")`: a browser in which such a user is logged in; its user is `client.user`."""

    def login(role: str, name: str | None = None) -> Client:
        client = Client()
        client.user = account(role, name)  # type: ignore[attr-defined]
        client.force_login(client.user)  # type: ignore[attr-defined]
        return client

    return login


@pytest.fixture
def item(roles: Tree) -> Callable[..., Any]:
    """`item("cam-nang", owner=user, live=False)`: a page of the section's kind."""

    def item(segment: str, language: str = "vi", *, with_revision: bool = True, **fields: Any) -> Any:
        model, needed = KINDS[segment]
        page = model(**({"title": "Trang của người khác"} | needed | fields))
        roles.section(segment, language).add_child(instance=page)
        if with_revision:
            page.save_revision()
        return page

    return item
