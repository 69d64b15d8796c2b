"""The admin's screens for targets and clauses."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.admin_listing import FixedRowsPolicy, FoldedViewSet
from core.choosers import FoldedChooserViewSet

from .import_views import URL_NAME, ImportDocumentView, section_for
from .models import Clause, Target
from .panels import DoubtsPanel


class ClauseChooserViewSet(FoldedChooserViewSet):
    """Clauses in the order of their document, found by the words of their text."""

    icon = "list-ol"
    ordering = ("document_id", "position")
    more_columns: ClassVar[list[Column]] = [Column("document", label=_("Văn bản"), accessor="document.number")]

    def get_object_list(self) -> QuerySet[Any]:
        return Clause.objects.select_related("document")


class ClauseFilterSet(WagtailFilterSet):
    """By document, and whether there is something for an editor to look at."""

    has_doubts = django_filters.BooleanFilter(method="with_doubts", label=_("Có chỗ ngờ"))
    is_corrected = django_filters.BooleanFilter(method="with_correction", label=_("Đã chỉnh"))

    class Meta:
        model = Clause
        fields: ClassVar[list[str]] = ["document"]

    def with_doubts(self, rows: QuerySet[Clause], name: str, value: bool) -> QuerySet[Clause]:
        """Clauses in which the import saw something odd, or the others."""
        return rows.exclude(doubts=[]) if value else rows.filter(doubts=[])

    def with_correction(self, rows: QuerySet[Clause], name: str, value: bool) -> QuerySet[Clause]:
        """Clauses that have a corrected text beside the issued one, or the others."""
        return rows.exclude(corrected_text="") if value else rows.filter(corrected_text="")


class ClauseViewSet(FoldedViewSet):
    """Clauses come from the import: issued words are read, a corrected text and a note are written beside them."""

    model = Clause
    icon = "list-ol"
    ordering = ("document_id", "position")
    chooser_viewset_class = ClauseChooserViewSet
    filterset_class = ClauseFilterSet
    inspect_view_enabled = True
    inspect_view_fields = ["document", "address", "section_heading", "item_heading", "subitem_heading", "text", "corrected_text", "note"]
    list_display = [
        "__str__",
        Column("address", label=_("Địa chỉ"), accessor="address"),
        BooleanColumn("doubts", label=_("Chỗ ngờ"), accessor=lambda clause: bool(clause.doubts)),
        BooleanColumn("is_corrected", label=_("Đã chỉnh"), accessor=lambda clause: bool(clause.corrected_text)),
    ]
    panels = [
        MultiFieldPanel(
            [FieldPanel("document", read_only=True), FieldPanel("address", read_only=True), FieldPanel("text", read_only=True)],
            heading=_("Như đã ban hành, không sửa"),
        ),
        DoubtsPanel("doubts"),
        MultiFieldPanel([FieldPanel("corrected_text"), FieldPanel("note")], heading=_("Ghi bên cạnh")),
    ]

    @property
    def permission_policy(self) -> FixedRowsPolicy:
        return FixedRowsPolicy(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Clause.objects.select_related("document")


class TargetChooserViewSet(FoldedChooserViewSet):
    """Targets in the programme's order."""

    icon = "crosshairs"


class TargetViewSet(FoldedViewSet):
    """Targets with their yearly values."""

    model = Target
    icon = "crosshairs"
    ordering = ("position", "pk")
    chooser_viewset_class = TargetChooserViewSet
    inspect_view_enabled = True
    list_display = [
        "name",
        "kind",
        "target_value",
        "unit",
        "target_year",
        Column("clause", label=_("Điều khoản"), accessor=lambda target: target.clause.label if target.clause else ""),
    ]
    list_filter = ["kind"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Target.objects.select_related("clause")


class ImportMenuItem(MenuItem):
    """Shown to those who may import a document."""

    def is_shown(self, request: HttpRequest) -> bool:
        return section_for(request.user) is not None


class ProgrammeGroup(SnippetViewSetGroup):
    """ "Chương trình": what the programme says and what it sets out to reach."""

    items = (ClauseViewSet, TargetViewSet)
    menu_label = _("Chương trình")
    menu_name = "chuong-trinh"
    menu_icon = "doc-full"
    menu_order = 350

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), ImportMenuItem(_("Nhập văn bản"), reverse(URL_NAME), icon_name="upload", order=300)]


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """`/quan-tri/van-ban/nhap/`."""
    return [path("van-ban/nhap/", ImportDocumentView.as_view(), name=URL_NAME)]


register_snippet(ProgrammeGroup)
