"""The programme beside the repository, a small document on the tree, somebody logged in."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from editorial.roles import setup_roles
from programme.importing import Outcome, SourceFile, save_document
from programme.models import ClauseLink, DocumentPage
from programme.particulars import Particulars
from programme.reading import read_document
from tests.conftest import Tree
from tests.programme.documents import SMALL

DAY = dt.date(2023, 6, 19)


@pytest.fixture
def programme_file() -> Path:
    """The programme as issued. Skips where the machine has no such file; in CI that is a failure."""
    path = settings.SOURCE_DIR / "chuong-trinh-hanh-dong-nq36.txt"
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the programme is missing: {path}")
        pytest.skip("the programme's text is not beside the repository")
    return path


@pytest.fixture
def save(tree: Tree) -> Callable[..., Outcome]:
    """`save(text, number="7-KH/TU")`: import a small document as the command does."""

    def save(text: str = SMALL, number: str = "7-CTr/TU", issued_on: dt.date = DAY, name: str = "van-ban.txt", publish: bool = True, **given: Any) -> Outcome:
        data = text.encode()
        particulars = Particulars(number=number, issued_on=issued_on, **given)
        return save_document(read_document(data, name), particulars, SourceFile(name, data), publish=publish)

    return save


@pytest.fixture
def document(save: Callable[..., Outcome]) -> DocumentPage:
    """The small document of tests/programme/documents.py, live at /van-ban/7-ctr-tu/: a preamble, one paragraph, one item."""
    return save().page


@pytest.fixture
def answer(document: DocumentPage) -> Callable[..., None]:
    """`answer(item, "i-d1")`: the item is tied to that clause of the small document."""

    def answer(item: Any, address: str) -> None:
        ClauseLink.objects.create(page_id=item.pk, clause=document.clauses.get(address=address))

    return answer


@pytest.fixture
def login(tree: Tree) -> Callable[[str], Client]:
    """`login("tuyengiao")`: a browser in which somebody of that group is logged in."""

    def login(role: str) -> Client:
        setup_roles()
        user = get_user_model().objects.create(username=role, email=f"{role}@example.org")
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        return client

    return login
