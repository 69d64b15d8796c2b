"""A reporter submits, the desk publishes, a translator does neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from knowledge_base.models import GuidePage, Term
from news.models import ArticlePage
from tests.admin import add_url, edit_url, errors_of, fill
from tests.conftest import Tree


def test_a_reporter_cannot_publish_by_posting_publish(login: Callable[..., Client], roles: Tree) -> None:
    reporter = login("phongvien")
    response = fill(reporter, add_url(ArticlePage, roles.section("tin-tuc")), ArticlePage, title="Hội chợ giống", slug="hoi-cho", **{"action-publish": "1"})

    assert response.status_code == 302, errors_of(response)
    article = ArticlePage.objects.get()
    assert (article.live, article.owner.username) == (False, "phongvien")

    fill(reporter, edit_url(article), ArticlePage, **{"action-publish": "1"})
    article.refresh_from_db()
    assert not article.live


def test_a_reporter_submits_and_the_desk_publishes(login: Callable[..., Client], roles: Tree) -> None:
    reporter, desk = login("phongvien"), login("bientap")
    fill(reporter, add_url(ArticlePage, roles.section("tin-tuc")), ArticlePage, title="Hội chợ giống", slug="hoi-cho", **{"action-submit": "1"})
    article = ArticlePage.objects.get()
    task = article.current_workflow_task_state

    assert task.task.name == "Biên tập duyệt"
    assert not article.live
    own_approval = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk])
    reporter.post(own_approval, {"comment": ""})
    article.refresh_from_db()
    assert not article.live

    assert "Hội chợ giống" in desk.get(reverse("wagtailadmin_home")).content.decode()
    desk.post(own_approval, {"comment": "Được"})
    article.refresh_from_db()
    assert article.live


def test_the_desk_publishes_at_once(login: Callable[..., Client], roles: Tree) -> None:
    fill(login("bientap"), add_url(ArticlePage, roles.section("tin-tuc")), ArticlePage, title="Hội chợ giống", slug="hoi-cho", **{"action-publish": "1"})

    assert ArticlePage.objects.get().live


def test_a_reporter_does_not_edit_what_a_colleague_writes(login: Callable[..., Client], account: Callable[..., Any], item: Callable[..., Any]) -> None:
    draft = item("tin-tuc", live=False, owner=account("phongvien", "dongnghiep"))

    assert login("phongvien").get(edit_url(draft)).status_code == 302


def test_a_reporter_does_not_take_back_what_is_published(login: Callable[..., Client], item: Callable[..., Any]) -> None:
    reporter = login("phongvien")
    article = item("tin-tuc", live=True, owner=reporter.user)  # type: ignore[attr-defined]
    for screen in ("unpublish", "delete"):
        reporter.post(reverse(f"wagtailadmin_pages:{screen}", args=[article.pk]))

    article.refresh_from_db()
    assert article.live


@pytest.fixture
def translated(item: Callable[..., Any], roles: Tree) -> tuple[GuidePage, Translation]:
    """A Vietnamese guide that is public, and its English translation that is not."""
    guide = item("cam-nang", title="Ủ phân bã hồi", slug="u-phan", live=True)
    source, _created = TranslationSource.update_or_create_from_instance(guide)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))
    translation.save_target(publish=False)
    return guide, translation


def test_a_translator_finds_the_vietnamese_page_and_starts_its_translation(login: Callable[..., Client], item: Callable[..., Any], roles: Tree) -> None:
    translator = login("biendich")
    guide = item("cam-nang", title="Ủ phân bã hồi", slug="u-phan", live=True)

    listing = translator.get(reverse("wagtailadmin_explore", args=[roles.section("cam-nang").pk])).content.decode()
    assert "Ủ phân bã hồi" in listing
    submit = reverse("wagtail_localize:submit_page_translation", args=[guide.pk])
    assert submit in listing
    assert translator.get(edit_url(guide)).status_code == 302

    response = translator.post(submit, {"locales": [Locale.objects.get(language_code="en").pk], "include_subtree": ""})
    assert response.status_code == 302
    english = guide.get_translation(Locale.objects.get(language_code="en"))
    assert not english.live
    assert translator.get(edit_url(english)).status_code == 200


def test_a_translator_does_not_publish(login: Callable[..., Client], translated: tuple[GuidePage, Translation]) -> None:
    translator, (_guide, translation) = login("biendich"), translated
    english = translation.get_target_instance()

    assert translator.post(edit_url(english), {"action": "publish"}).status_code in {302, 403}
    translator.post(reverse("wagtail_localize:update_translations", args=[translation.source.pk]), {"publish_translations": "on"})
    assert translator.post(reverse("wagtail_localize:convert_to_alias", args=[english.pk])).status_code in {302, 403}

    english.refresh_from_db()
    assert (english.live, english.alias_of_id) == (False, None)


def test_the_desk_publishes_translations(
    login: Callable[..., Client], translated: tuple[GuidePage, Translation], django_capture_on_commit_callbacks: Any
) -> None:
    desk, (_guide, translation) = login("bientap"), translated
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("wagtail_localize:update_translations", args=[translation.source.pk]), {"publish_translations": "on"})

    assert translation.get_target_instance().live


def test_a_term_is_not_put_into_another_language_by_who_may_not_publish_one(login: Callable[..., Client], roles: Tree) -> None:
    term = Term.objects.create(name="Nuôi cấy mô", definition="<p>…</p>", locale=Locale.objects.get(language_code="vi"))
    address = reverse("wagtail_localize:submit_snippet_translation", args=["knowledge_base", "term", term.pk])

    login("biendich").post(address, {"locales": [Locale.objects.get(language_code="en").pk]})
    assert Term.objects.count() == 1
    login("bientap").post(address, {"locales": [Locale.objects.get(language_code="en").pk]})
    assert Term.objects.count() == 2


def test_a_translation_typed_with_vietnamese_letters_gets_a_folded_address(item: Callable[..., Any]) -> None:
    guide = item("cam-nang", title="Đốm lá", slug="dom-la", live=True)
    source, _created = TranslationSource.update_or_create_from_instance(guide)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))
    segment = source.stringsegment_set.get(context__path="slug")
    segment.string.translations.create(locale=translation.target_locale, context=segment.context, data="Bệnh đốm lá Hồi", translation_type="manual")
    translation.save_target(publish=False)

    assert translation.get_target_instance().slug == "benh-dom-la-hoi"
