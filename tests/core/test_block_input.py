"""Lines of blocks refuse HTML and numbers read a comma, in every room."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail import blocks
from wagtail.fields import StreamField

from core.block_input import leaves_of
from news.models import ArticlePage
from tests.admin import add_url, form_of
from tests.conftest import Tree

BLOCKS = [
    (f"{model.__name__}.{field.name}", block)
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
    for block in leaves_of(field.stream_block)
]
LINES = [(where, block) for where, block in BLOCKS if isinstance(block, (blocks.CharBlock, blocks.TextBlock))]
NUMBERS = [(where, block) for where, block in BLOCKS if isinstance(block, blocks.DecimalBlock)]


def refuses(block: Any, typed: str) -> bool:
    try:
        block.clean(typed)
    except ValidationError as error:
        return "mã HTML" in str(error)
    return False


def test_no_line_of_any_block_takes_html() -> None:
    assert len(LINES) > 100
    assert [f"{where}.{block.name}" for where, block in LINES if not refuses(block, "<b>Hồi</b>")] == []
    assert [f"{where}.{block.name}" for where, block in LINES if refuses(block, "pH < 7")] == []


def test_every_number_of_any_block_reads_and_shows_a_comma() -> None:
    assert len(NUMBERS) > 5
    for _where, block in NUMBERS:
        assert block.clean(block.value_from_form(block.field.clean("1.234,5"))) == Decimal("1234.5")
        assert block.get_form_state(Decimal("12.5")) == "12,5"


@pytest.mark.django_db
def test_html_in_a_block_is_named_on_its_line_and_stays_as_typed(client: Client, tree: Tree) -> None:
    client.force_login(get_user_model().objects.create_superuser("quan-tri", "a@example.vn", "x"))
    address = add_url(ArticlePage, tree.section("tin-tuc"))
    sent = form_of(client.get(address), ArticlePage)
    typed = {"title": "Một trang", "slug": "mot-trang", "body-count": "1", "body-0-type": "heading", "body-0-order": "0", "body-0-deleted": "", "body-0-id": ""}
    sent.update(typed | {"body-0-value-text": "<i>Nghiêng</i>", "body-0-value-level": "h2"})

    response = client.post(address, sent)

    errors = response.context["form"].errors.as_data()["body"][0]
    assert "mã HTML “<i>”" in str(errors.block_errors[0].block_errors["text"])
    assert response.context["form"]["body"].value()[0].value["text"] == "<i>Nghiêng</i>"
