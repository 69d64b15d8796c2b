"""Who may do what: the table that product.md §8 describes, asked of Wagtail itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow

from editorial.roles import setup_roles
from home.models import HomePage, SectionPage
from tests.conftest import Tree
from tests.editorial.conftest import KINDS

ALL = ["tin-tuc", "thanh-tuu", "ton-vinh", "cam-nang", "hoi-dap", "chinh-sach", "su-kien", "van-ban"]
ITEMS = [segment for segment in ALL if segment != "van-ban"]
# Role → sections where it writes, edits what others wrote, publishes.
PAGES: dict[str, tuple[list[str], list[str], list[str]]] = {
    "phongvien": (ITEMS, [], []),
    "bientap": (ITEMS, ITEMS, ITEMS),
    "thuky": (ALL, ALL, ALL),
    "tongbientap": (ALL, ALL, ALL),
    "tuyengiao": (["ton-vinh", "chinh-sach", "van-ban"],) * 3,
    "chuyengia": (["cam-nang", "hoi-dap"], [], []),
    "biendich": ([], [], []),
    "quantri": ([], [], []),
}
# Model → role → what it may do: a(dd), c(hange), d(elete), v(iew).
TOPIC = {"thuky": "ac", "tongbientap": "acd"}
MODELS: dict[str, dict[str, str]] = {
    "topics.byline": {"bientap": "ac", "thuky": "acd", "tongbientap": "acd"},
    "topics.contact": {"bientap": "ac", "thuky": "acd", "tongbientap": "acd", "tuyengiao": "ac"},
    "topics.field": TOPIC | {"tuyengiao": "ac"},
    "topics.technique": TOPIC,
    "topics.product": TOPIC,
    "topics.locality": {"thuky": "c", "tongbientap": "ac"},
    "topics.formerplace": {"thuky": "ac", "tongbientap": "ac"},
    "topics.audience": TOPIC | {"tuyengiao": "ac"},
    "knowledge_base.term": {"bientap": "ac", "thuky": "acd", "tongbientap": "acd"},
    "achievements.honour": {"thuky": "v", "tongbientap": "v", "tuyengiao": "ac"},
    "programme.clause": {"thuky": "v", "tongbientap": "v", "tuyengiao": "c"},
    "programme.target": {"thuky": "v", "tongbientap": "v", "tuyengiao": "acd"},
    "wagtailredirects.redirect": {"bientap": "acd", "thuky": "acd", "tongbientap": "acd"},
    "search.synonymgroup": {"bientap": "acd", "thuky": "acd", "tongbientap": "acd"},
    "search.neversuggest": {"bientap": "acd", "thuky": "acd", "tongbientap": "acd"},
    "wagtailsearchpromotions.searchpromotion": {"bientap": "acd", "thuky": "acd", "tongbientap": "acd"},
    "core.user": {"quantri": "acd"},
    "home.sitesettings": {"quantri": "c"},
    "wagtailcore.site": {"quantri": "c"},
    "auth.group": {},
    "wagtailcore.locale": {},
    "wagtailcore.workflow": {},
}
ACTIONS = {"a": "add", "c": "change", "d": "delete", "v": "view"}


def test_where_each_role_writes_edits_and_publishes(account: Callable[..., Any], item: Callable[..., Any], roles: Tree) -> None:
    pages = {segment: item(segment, with_revision=False) for segment in ALL}
    sections = {segment: roles.section(segment).specific for segment in ALL}
    found = {}
    for role in PAGES:
        user = account(role)
        found[role] = (
            [segment for segment in ALL if sections[segment].permissions_for_user(user).can_add_subpage()],
            [segment for segment in ALL if pages[segment].permissions_for_user(user).can_edit()],
            [segment for segment in ALL if pages[segment].permissions_for_user(user).can_publish()],
        )

    assert found == PAGES


def test_each_role_edits_its_own_drafts_where_it_writes(account: Callable[..., Any], item: Callable[..., Any]) -> None:
    drafts = {segment: item(segment, with_revision=False, live=False) for segment in ALL}
    found = {}
    for role in PAGES:
        user = account(role)
        for draft in drafts.values():
            draft.owner = user
        found[role] = [segment for segment, draft in drafts.items() if draft.permissions_for_user(user).can_edit()]

    assert found == {role: writes for role, (writes, _edits, _publishes) in PAGES.items()}


def test_what_each_role_may_do_with_rows(account: Callable[..., Any]) -> None:
    found: dict[str, dict[str, str]] = {model: {} for model in MODELS}
    for role in PAGES:
        user = account(role)
        for model in MODELS:
            app, name = model.split(".")
            if letters := "".join(letter for letter, action in ACTIONS.items() if user.has_perm(f"{app}.{action}_{name}")):
                found[model][role] = letters

    assert found == MODELS


def test_every_permission_that_a_role_has_is_in_the_table(roles: Tree) -> None:
    # A permission of one of our own models that the tables above do not name would go unseen.
    named = {*MODELS, "wagtailadmin.admin", "wagtail_localize.translationsource", "wagtail_localize.translation"}
    held = Permission.objects.filter(group__isnull=False).select_related("content_type").distinct()

    assert {f"{row.content_type.app_label}.{row.content_type.model}" for row in held} <= named


def test_pictures(account: Callable[..., Any]) -> None:
    from wagtail.images.permissions import permission_policy

    picture = get_image_model()(title="Ảnh", collection_id=1)
    users = {role: account(role) for role in PAGES}

    assert [role for role, user in users.items() if permission_policy.user_has_permission(user, "choose")] == [role for role in PAGES if role != "quantri"]
    assert [role for role, user in users.items() if not permission_policy.user_has_permission(user, "add")] == ["biendich", "quantri"]
    changing = [role for role, user in users.items() if permission_policy.user_has_permission_for_instance(user, "change", picture)]
    assert changing == ["bientap", "thuky", "tongbientap", "tuyengiao"]


def test_a_translator_edits_every_translation_and_publishes_none(account: Callable[..., Any], item: Callable[..., Any]) -> None:
    user, vietnamese, english = account("biendich"), item("cam-nang"), item("cam-nang", language="en")

    assert english.permissions_for_user(user).can_edit()
    assert not english.permissions_for_user(user).can_publish()
    assert not vietnamese.permissions_for_user(user).can_edit()
    assert user.has_perm("wagtail_localize.submit_translation")


def test_only_the_heads_of_the_desk_and_propaganda_change_what_stands_around_items(account: Callable[..., Any], roles: Tree) -> None:
    home, section = roles.home().specific, roles.section("ton-vinh").specific

    assert [role for role in PAGES if home.permissions_for_user(account(role, f"{role}1")).can_edit()] == ["thuky", "tongbientap"]
    assert [role for role in PAGES if section.permissions_for_user(account(role, f"{role}2")).can_publish()] == ["bientap", "thuky", "tongbientap", "tuyengiao"]


def test_nobody_seeded_is_a_superuser_or_staff_of_django(account: Callable[..., Any]) -> None:
    assert not any(account(role).is_superuser for role in PAGES)


def test_wagtails_own_groups_and_workflow_are_gone(roles: Tree) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(PAGES)
    assert list(Workflow.objects.values_list("name", "active")) == [("Duyệt đăng", True)]
    assert list(Task.objects.values_list("name", "active")) == [("Biên tập duyệt", True)]
    assert [group.name for group in GroupApprovalTask.objects.get().groups.all()] == ["bientap"]
    assert roles.section("tin-tuc").get_workflow() == Workflow.objects.get()


def everything() -> dict[str, Any]:
    """All that setup_roles writes, keys of rows too."""
    return {
        "groups": list(Group.objects.order_by("pk").values_list("pk", "name")),
        "permissions": sorted(Permission.objects.filter(group__isnull=False).values_list("group__name", "codename")),
        "pages": sorted(GroupPagePermission.objects.values_list("pk", "group_id", "page_id", "permission_id")),
        "collections": sorted(GroupCollectionPermission.objects.values_list("pk", "group_id", "collection_id", "permission_id")),
        "workflows": list(Workflow.objects.values_list("pk", "name", "workflow_tasks__task__name", "workflow_pages__page_id")),
    }


def test_twice_is_the_same_as_once(roles: Tree) -> None:
    before = everything()
    call_command("setup_roles")

    assert everything() == before


def test_what_somebody_gave_by_hand_does_not_stay(roles: Tree) -> None:
    before, group = everything(), Group.objects.get(name="phongvien")
    group.permissions.add(Permission.objects.get(codename="delete_honour"))
    GroupPagePermission.objects.create(group=group, page=roles.home(), permission=Permission.objects.get(codename="publish_page"))

    setup_roles()

    assert everything() == before


def test_a_section_made_after_the_roles_has_its_permissions_at_once(db: None) -> None:
    setup_roles()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Trang chủ", slug="trang-chu-moi"))
    section = home.add_child(instance=SectionPage(title="Tin tức", slug="tin-tuc"))

    given = GroupPagePermission.objects.filter(page=section).values_list("group__name", "permission__codename")
    assert ("phongvien", "add_page") in given
    assert ("bientap", "publish_page") in given
    assert GroupPagePermission.objects.filter(page=home, group__name="tongbientap").exists()


def test_a_visitor_is_sent_to_the_login(client: Client, roles: Tree) -> None:
    home = roles.home().pk
    for address in (
        "",
        "pages/",
        f"pages/{home}/",
        f"pages/{home}/edit/",
        "snippets/topics/product/",
        "images/",
        "users/",
        "reports/site-history/",
        "khong-co/",
    ):
        response = client.get(f"/quan-tri/{address}")
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/quan-tri/login/"), address


def test_a_visitor_does_not_learn_which_pages_exist(client: Client, item: Callable[..., Any]) -> None:
    draft = item("tin-tuc", live=False)

    assert client.get(f"/quan-tri/api/main/pages/{draft.pk}/").status_code in {302, 401, 403, 404}
    assert client.get(f"/quan-tri/pages/{draft.pk}/view_draft/").status_code == 302
    assert client.get(draft.get_url()).status_code == 404


def test_kinds_are_all_in_the_table() -> None:
    assert set(KINDS) == set(ALL)
