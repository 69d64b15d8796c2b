"""An editor finds any page in the admin without accents, and goes on finding titles when the engine is gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from knowledge_base.models import GuidePage
from tests.search.conftest import embedded_only

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("quantri", password="x"))
    return client


@pytest.mark.parametrize("query", ["Bệnh đốm lá hồi", "benh dom la", "che pham vi sinh", "ĐỐM LÁ"])
@pytest.mark.parametrize(
    "address",
    [
        "/quan-tri/pages/search/",
        "/quan-tri/pages/search/results/",
        "/quan-tri/pages/{parent}/",
        "/quan-tri/choose-page/search/",
        "/quan-tri/pages/{parent}/results/",
    ],
)
def test_a_page_is_found_in_every_list_and_chooser(
    editor: Client, indexed: Callable[[], None], publish: Callable[..., Any], tree: Any, address: str, query: str
) -> None:
    publish(GuidePage, "cam-nang", title="Bệnh đốm lá hồi", slug="benh-dom-la-hoi", summary="Phun chế phẩm vi sinh.")
    publish(GuidePage, "cam-nang", title="Nuôi trâu", slug="nuoi-trau")
    indexed()

    html = editor.get(address.format(parent=tree.section("cam-nang").pk), {"q": query}).content.decode()
    assert "Nuôi trâu" not in html
    assert "Bệnh đốm lá hồi" in html


@embedded_only
def test_titles_are_found_while_the_index_is_gone(editor: Client, indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Bệnh đốm lá hồi", slug="benh-dom-la-hoi")
    shutil.rmtree(Path(settings.DATA_DIR) / "search" / "wagtailcore_page")

    for query in ("Bệnh đốm", "benh dom"):
        assert "Bệnh đốm lá hồi" in editor.get("/quan-tri/pages/search/", {"q": query}).content.decode()


def test_pictures_are_found_without_accents(editor: Client, indexed: Callable[[], None], db: None) -> None:
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    get_image_model().objects.create(title="Lá hồi bị đốm", file=get_test_image_file())
    indexed()

    assert "Lá hồi bị đốm" in editor.get("/quan-tri/images/", {"q": "la hoi"}).content.decode()
