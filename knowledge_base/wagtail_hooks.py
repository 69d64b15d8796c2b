"""The admin's screens for terms."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, LocaleColumn
from wagtail.snippets.models import register_snippet

from core.admin_listing import FoldedViewSet
from core.choosers import FoldedChooserViewSet

from .models import Term


class TermChooserViewSet(FoldedChooserViewSet):
    """Terms of one language or all."""

    icon = "openquote"
    more_columns: ClassVar[list[Column]] = [Column("scientific_name", label=_("Tên khoa học"), accessor="scientific_name")]


class TermViewSet(FoldedViewSet):
    """ "Thuật ngữ"."""

    model = Term
    icon = "openquote"
    menu_label = _("Thuật ngữ")
    menu_name = "thuat-ngu"
    menu_order = 330
    add_to_admin_menu = True
    ordering = "sort_key"
    chooser_viewset_class = TermChooserViewSet
    list_display = ["name", "scientific_name", LocaleColumn(), BooleanColumn("is_sample", label=_("Minh họa"), accessor="is_sample", sort_key="is_sample")]
    list_filter = ["is_sample"]


register_snippet(TermViewSet)
