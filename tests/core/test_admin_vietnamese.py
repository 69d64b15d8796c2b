"""The admin speaks Vietnamese: the screens of a working day ask for no sentence that nobody translated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import polib
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from core.catalogues import ROOT
from news.models import ArticlePage
from tests.admin import add_url, edit_url, fill, snippet_url
from tests.conftest import Tree
from topics.models import Product

# What reads the same in both languages, and our own Vietnamese words without an accent.
THE_SAME = re.compile(r"[\W\d_]*|[\W\d]*(video|tin|trang|Ai|KB|MB|GB|URL|byte|bytes|Wagtail|PDF|ID)[\W\d]*|%\(?\w*\)?[sd] [KMG]B|%\(size\)d bytes?")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Sentences that were asked for and came back as they were, in English."""
    english: set[str] = set()
    catalogue = translation.trans_real.translation("vi")
    plain, plural = translation.trans_real.gettext, translation.trans_real.ngettext

    def note(sentence: str, said: str) -> str:
        if said == sentence and sentence.isascii() and translation.get_language() == "vi" and not THE_SAME.fullmatch(sentence):
            english.add(sentence)
        return said

    monkeypatch.setattr(translation._trans, "gettext", lambda sentence: note(str(sentence), plain(sentence)))
    monkeypatch.setattr(translation._trans, "ngettext", lambda one, many, number: note(one if number == 1 else many, plural(one, many, number)))
    assert catalogue is not None
    return english


@pytest.fixture
def desk(tree: Tree) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("desk", "desk@example.org"))
    return client


@pytest.fixture
def article(tree: Tree) -> ArticlePage:
    page = tree.section("tin-tuc").add_child(instance=ArticlePage(title="Hội chợ giống", slug="hoi-cho"))
    page.save_revision()
    return page


def screens(tree: Tree, article: ArticlePage, product: Product) -> Iterator[str]:
    """What somebody in the newsroom opens in a day."""
    yield reverse("wagtailadmin_home")
    yield reverse("wagtailadmin_explore", args=[tree.section("tin-tuc").pk])
    yield add_url(ArticlePage, tree.section("tin-tuc"))
    yield edit_url(article)
    for screen in ("history", "copy", "delete", "unpublish", "usage"):
        yield reverse(f"wagtailadmin_pages:{screen}", args=[article.pk])
    yield snippet_url(Product, "list")
    yield snippet_url(Product, "add")
    yield snippet_url(Product, "edit", product.pk)
    yield reverse(Product.snippet_viewset.chooser_viewset.get_url_name("choose"))  # type: ignore[attr-defined]
    yield reverse("wagtailimages:index")
    yield reverse("wagtailimages:add_multiple")
    yield reverse("wagtailimages_chooser:choose")
    yield reverse("wagtailadmin_choose_page")


def test_the_screens_of_a_working_day(desk: Client, tree: Tree, article: ArticlePage, asked: set[str]) -> None:
    product = Product.objects.create(slug="hoi", name="Hồi")
    get_image_model().objects.create(title="Ảnh", file=get_test_image_file())
    for address in screens(tree, article, product):
        assert desk.get(address).status_code == 200, address

    assert asked == set()


def test_the_login_and_what_it_says_of_a_wrong_password(client: Client, db: None, asked: set[str]) -> None:
    login = reverse("wagtailadmin_login")
    client.get(login)
    refused = client.post(login, {"username": "aido", "password": "sai"})

    assert asked == set()
    assert "Hãy thử lại" in refused.content.decode()
    assert "Mật khẩu" in refused.content.decode()
    assert not re.search("Wagtail|Password", re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", refused.content.decode(), flags=re.DOTALL))


def test_submitting_sending_back_and_publishing(desk: Client, tree: Tree, article: ArticlePage, asked: set[str]) -> None:
    from editorial.roles import setup_roles

    setup_roles()
    fill(desk, edit_url(article), ArticlePage, **{"action-submit": "1"})
    desk.get(edit_url(article))
    task = article.current_workflow_task_state
    desk.get(reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "reject", task.pk]))
    desk.post(reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "reject", task.pk]), {"comment": "Thêm nguồn"})
    desk.get(edit_url(article))
    fill(desk, edit_url(article), ArticlePage, **{"action-publish": "1"})
    said = desk.get(edit_url(article)).content.decode()

    assert asked == set()
    assert "Đã đăng trang “Hội chợ giống”." in said


def test_scripts_have_their_words_too(desk: Client) -> None:
    catalogue = desk.get(reverse("wagtailadmin_javascript_catalog")).content.decode()

    for sentence in ("Insert a block", "Changes have been autosaved.", "This field is required."):
        assert re.search(rf'"{re.escape(sentence)}": "(?!{re.escape(sentence)})', catalogue), sentence


# "hoà", "huỷ", "thuý": the press writes hòa, hủy, thúy.
OLD_TONE_PLACE = re.compile(r"o[àáảãạèéẻẽẹ]\b|(?<!q)u[ỳýỷỹỵ]\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_the_catalogue_is_complete_and_well_written(name: str) -> None:
    for entry in polib.pofile(str(ROOT / "site" / "locale" / "vi" / "LC_MESSAGES" / name)):
        said = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        assert all(said), entry.msgid
        for text in said:
            assert set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)), entry.msgid
            assert not OLD_TONE_PLACE.search(text), text
            assert unicodedata.is_normalized("NFC", text), text


@pytest.mark.parametrize("role", ["text", "line"])
def test_no_editor_of_text_embeds_what_others_serve(role: str, db: None) -> None:
    from wagtail.rich_text import features

    from core import blocks

    offered: Any = {"text": blocks.TEXT_FEATURES, "line": blocks.LINE_FEATURES}[role]
    assert "embed" not in offered
    assert features.get_editor_plugin("draftail", "embed") is None
