"""The admin's screens of the room: other words for one thing, words that are never suggested."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.admin_listing import FoldedViewSet

from .models import NeverSuggest, SynonymGroup


class SynonymGroupViewSet(FoldedViewSet):
    """ "Từ đồng nghĩa"."""

    model = SynonymGroup
    icon = "list-ul"
    menu_label = _("Từ đồng nghĩa")
    menu_name = "tu-dong-nghia"
    ordering = ("sort_key", "pk")
    list_display: ClassVar[list[str | Column]] = [
        "__str__",
        Column("kind", label=_("Loại"), accessor="get_kind_display", sort_key="kind"),
        BooleanColumn("is_active", label=_("Đang dùng"), accessor="is_active", sort_key="is_active"),
    ]
    list_filter: ClassVar[list[str]] = ["kind", "is_active"]
    panels: ClassVar[list[FieldPanel]] = [FieldPanel("words"), FieldPanel("kind"), FieldPanel("is_active")]


class NeverSuggestViewSet(FoldedViewSet):
    """ "Từ không gợi ý"."""

    model = NeverSuggest
    icon = "warning"
    menu_label = _("Từ không gợi ý")
    menu_name = "tu-khong-goi-y"
    ordering = ("sort_key", "pk")
    list_display: ClassVar[list[str | Column]] = ["words", Column("note", label=_("Vì sao"), accessor="note")]
    panels: ClassVar[list[FieldPanel]] = [FieldPanel("words"), FieldPanel("note")]


class SearchViewSetGroup(SnippetViewSetGroup):
    """ "Máy tìm": what editors teach it. Promoted results are Wagtail's own, under Settings."""

    menu_label = _("Máy tìm")
    menu_icon = "search"
    menu_name = "may-tim"
    menu_order = 340
    items = (SynonymGroupViewSet, NeverSuggestViewSet)


register_snippet(SearchViewSetGroup)
