"""What editors type into the lines and numbers of blocks: plain text stays plain, numbers are Vietnamese.

Held here for every StreamField of every room, so that a new block cannot forget it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.apps import apps
from wagtail import blocks
from wagtail.fields import StreamField

from core.forms import refuse_html


def teach_blocks() -> None:
    """Called once all models are known: lines refuse HTML, numbers read and show a comma."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                for block in leaves_of(field.stream_block):
                    _teach(block)


def leaves_of(block: blocks.Block) -> Iterator[blocks.Block]:
    """The blocks that hold a value of their own, at any depth."""
    if isinstance(block, (blocks.BaseStructBlock, blocks.BaseStreamBlock)):
        for child in block.child_blocks.values():
            yield from leaves_of(child)
    elif isinstance(block, blocks.ListBlock):
        yield from leaves_of(block.child_block)
    else:
        yield block


def _teach(block: blocks.Block) -> None:
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock)) and refuse_html not in block.field.validators:
        block.field.validators.append(refuse_html)
    if isinstance(block, blocks.DecimalBlock) and not block.field.localize:
        block.field.localize = True
        # A number field of the browser reads "12,5" or "12.5" by the browser's own language.
        block.field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
        block.field.widget.is_localized = True
