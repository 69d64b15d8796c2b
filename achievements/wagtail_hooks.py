"""The admin's screens for the honours register."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.admin_listing import FoldedIndexView, with_portal_form
from core.finding import words_of
from core.vietnamese import fold

from .models import Honour, HonourForm, HonourLevel


def decision_years(*_args: object) -> list[tuple[int, str]]:
    """Years in which something was decided, newest first, for the filter. One query."""
    return [(day.year, str(day.year)) for day in Honour.objects.dates("decided_on", "year", order="DESC")]


class HonourFilterSet(WagtailFilterSet):
    """By level, form, year of decision, and whether it was annulled."""

    level = django_filters.ChoiceFilter(choices=HonourLevel, label=_("Cấp khen"))
    form = django_filters.ChoiceFilter(choices=HonourForm, label=_("Hình thức"))
    year = django_filters.ChoiceFilter(field_name="decided_on", lookup_expr="year", choices=decision_years, label=_("Năm quyết định"))
    annulled = django_filters.BooleanFilter(field_name="annulled_on", lookup_expr="isnull", exclude=True, label=_("Đã hủy bỏ"))

    class Meta:
        model = Honour
        fields: ClassVar[list[str]] = []


class HonourIndexView(FoldedIndexView):
    """The register as the people who keep it see it: found by number, citation, honouree."""

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        # A register of a province is small: its rows are folded here, not in a column of their own.
        rows = Honour.objects.values_list("pk", "decision_number", "citation", "issuing_body", "honouree__title")
        words = words_of(self.search_query)
        found = [pk for pk, *texts in rows.iterator() if all(word in fold(" ".join(texts)) for word in words)]
        return queryset.filter(Q(pk__in=found))


class HonourViewSet(SnippetViewSet):
    """ "Sổ tôn vinh": an error is annulled, never edited away; deleting is given to no role."""

    model = Honour
    icon = "pick"
    menu_label = _("Sổ tôn vinh")
    menu_name = "so-ton-vinh"
    menu_order = 340
    add_to_admin_menu = True
    ordering = ("-decided_on", "decision_number")
    index_view_class = HonourIndexView
    filterset_class = HonourFilterSet
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id"]
    list_per_page = 50
    list_display = [
        "decision_number",
        DateColumn("decided_on", label=_("Ngày quyết định"), accessor="decided_on", sort_key="decided_on"),
        Column("honouree", label=_("Đơn vị, cá nhân"), accessor="honouree.title", sort_key="honouree__title"),
        Column("level", label=_("Cấp khen"), accessor="get_level_display", sort_key="level"),
        Column("form", label=_("Hình thức"), accessor="get_form_display", sort_key="form"),
        StatusTagColumn("state", label=_("Trạng thái"), accessor=lambda honour: _("đã hủy bỏ") if honour.is_annulled else "", primary=False),
    ]

    def get_edit_handler(self) -> Panel:
        return with_portal_form(super().get_edit_handler())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Honour.objects.select_related("honouree")


register_snippet(HonourViewSet)
