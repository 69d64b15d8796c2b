"""An expert reaches only the pages that he made, by whatever address."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import User
from knowledge_base.models import GuidePage
from tests.admin import add_url, errors_of, fill
from tests.conftest import Tree

SECRET = "Bí quyết của chuyên gia khác"

# Every screen of one page.
SCREENS = [
    "pages/{page}/edit/",
    "pages/{page}/edit/preview/",
    "pages/{page}/view_draft/",
    "pages/{page}/history/",
    "pages/{page}/history/results/",
    "pages/{page}/workflow_history/",
    "pages/{page}/usage/",
    "pages/{page}/copy/",
    "pages/{page}/delete/",
    "pages/{page}/move/",
    "pages/{page}/unpublish/",
    "pages/{page}/privacy/",
    "pages/{page}/lock/",
    "pages/{page}/unlock/",
    "pages/{page}/revisions/",
    "pages/{page}/revisions/{revision}/view/",
    "pages/{page}/revisions/{revision}/revert/",
    "pages/{page}/revisions/compare/earliest...latest/",
    "pages/{page}/convert_alias/",
    "pages/workflow/confirm_cancellation/{page}/",
    "api/main/pages/{page}/",
    "localize/submit/page/{page}/",
    "localize/page/{page}/convert_to_alias/",
    "bulk/wagtailcore/page/delete/?id={page}",
    "bulk/wagtailcore/page/publish/?id={page}",
    "bulk/wagtailcore/page/move/?id={page}",
]
# Screens that list pages.
LISTS = [
    "pages/{section}/",
    "pages/{section}/results/",
    "pages/{section}/?q=quyet",
    "pages/search/?q=quyet",
    "pages/search/results/?q=quyet",
    "pages/usage/knowledge_base/guidepage/",
    "api/main/pages/?child_of={section}&for_explorer=1",
    "api/main/pages/?type=wagtailcore.Page",
    "choose-page/{section}/",
    "choose-page/search/?q=quyet",
    "reports/site-history/",
    "reports/aging-pages/",
    "reports/workflow/",
    "reports/locked/",
    "localize/reports/translations/",
    "localize/reports/translations/results/",
    "",
]


@pytest.fixture
def expert(login: Callable[..., Client]) -> Client:
    return login("chuyengia")


@pytest.fixture
def draft_of_another(item: Callable[..., Any], account: Callable[..., User]) -> GuidePage:
    return item("cam-nang", title=SECRET, live=False, owner=account("chuyengia", "dongnghiep"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_screen_of_anothers_page_is_refused(method: str, expert: Client, draft_of_another: GuidePage) -> None:
    page = draft_of_another
    shown = []
    for screen in SCREENS:
        response = getattr(expert, method)(f"/quan-tri/{screen.format(page=page.pk, revision=page.latest_revision_id)}")
        if response.status_code not in {302, 403, 404, 405} and SECRET in response.content.decode():
            shown.append(screen)

    assert shown == []
    page.refresh_from_db()
    assert (page.locked, page.live, page.title, GuidePage.objects.count()) == (False, False, SECRET, 1)


def test_no_list_names_anothers_draft(expert: Client, draft_of_another: GuidePage) -> None:
    shown = []
    for screen in LISTS:
        answer = expert.get(f"/quan-tri/{screen.format(section=draft_of_another.get_parent().pk)}").content.decode()
        if SECRET in answer or json.dumps(SECRET)[1:-1] in answer:
            shown.append(screen)

    assert shown == []


def test_nor_anothers_page_that_is_public(expert: Client, item: Callable[..., Any], roles: Tree) -> None:
    item("cam-nang", title=SECRET, live=True)

    assert SECRET not in expert.get(reverse("wagtailadmin_explore", args=[roles.section("cam-nang").pk])).content.decode()


def test_but_a_public_page_can_be_linked_to(expert: Client, item: Callable[..., Any], roles: Tree) -> None:
    item("cam-nang", title=SECRET, live=True)

    assert SECRET in expert.get(reverse("wagtailadmin_choose_page_child", args=[roles.section("cam-nang").pk])).json()["html"]


def test_his_own_guide_is_his(expert: Client, item: Callable[..., Any], roles: Tree) -> None:
    own = item("cam-nang", title="Cẩm nang của tôi", live=False, owner=expert.user)  # type: ignore[attr-defined]

    listing = expert.get(reverse("wagtailadmin_explore", args=[roles.section("cam-nang").pk]))
    assert "Cẩm nang của tôi" in listing.content.decode()
    for screen in ("edit", "history", "usage", "view_draft", "copy", "workflow_history"):
        assert expert.get(reverse(f"wagtailadmin_pages:{screen}", args=[own.pk])).status_code == 200, screen


def test_he_writes_a_guide_and_it_is_not_public(expert: Client, roles: Tree) -> None:
    response = fill(expert, add_url(GuidePage, roles.section("cam-nang")), GuidePage, title="Ủ phân bã hồi", slug="u-phan-ba-hoi", **{"action-publish": "1"})

    assert response.status_code == 302, errors_of(response)
    guide = GuidePage.objects.get()
    assert (guide.owner.username, guide.live) == ("chuyengia", False)


def test_he_answers_questions_but_writes_no_news(expert: Client, roles: Tree) -> None:
    from knowledge_base.models import QuestionPage
    from news.models import ArticlePage

    assert expert.get(add_url(QuestionPage, roles.section("hoi-dap"))).status_code == 200
    assert expert.get(add_url(ArticlePage, roles.section("tin-tuc"))).status_code == 302


def test_an_expert_who_is_also_an_editor_sees_what_an_editor_sees(expert: Client, draft_of_another: GuidePage) -> None:
    from django.contrib.auth.models import Group

    expert.user.groups.add(Group.objects.get(name="bientap"))  # type: ignore[attr-defined]

    assert expert.get(reverse("wagtailadmin_pages:edit", args=[draft_of_another.pk])).status_code == 200
    assert SECRET in expert.get(reverse("wagtailadmin_explore", args=[draft_of_another.get_parent().pk])).content.decode()
