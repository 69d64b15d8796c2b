"""The body of an item: core's blocks and the contact card."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core import block_previews
from core.blocks import BodyBlock


class ContactBlock(blocks.StructBlock):
    """Whom to call, kept in one place: a changed number changes on every page."""

    contact = SnippetChooserBlock("topics.Contact", label=_("đầu mối"))

    class Meta:
        label = _("đầu mối liên hệ")
        icon = "user"
        template = "core/blocks/contact.html"
        preview_value = staticmethod(block_previews.contact)
        description = _("Thẻ liên hệ: tên, việc, điện thoại.")


class ItemBodyBlock(BodyBlock):
    """What an item's body may hold."""

    contact = ContactBlock()
