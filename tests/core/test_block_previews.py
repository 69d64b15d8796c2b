"""Every block of the body shows itself in the picker, with an empty library too."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from topics.blocks import ItemBodyBlock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", list(ItemBodyBlock().child_blocks))
def test_every_body_block_has_a_preview(name):
    block = ItemBodyBlock().child_blocks[name]

    assert block.is_previewable
    value = block.get_preview_value()
    html = render_to_string(block.get_preview_template(value), block.get_preview_context(value))

    assert "css/site.css" in html
    assert "<main" in html
    assert str(block.meta.description), "the picker says what the block is for"
