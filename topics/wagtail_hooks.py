"""The admin's screens for topics and people: lists, forms, filters, choosers, two groups in the menu."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, NumberColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.admin_listing import FoldedViewSet

from .choosers import BylineChooserViewSet, ContactChooserViewSet, LocalityChooserViewSet, ProductChooserViewSet, TopicChooserViewSet
from .models import Audience, Byline, Contact, Field, FormerPlace, Locality, Product, Technique

# Languages whose name is worth a column: what a translator looks for.
ENGLISH = Column("english", label=_("Tên tiếng Anh"), accessor=lambda topic: topic.labels.get("en", ""))
ITEM_COUNT = NumberColumn("item_count", label=_("Số bài"), accessor="item_count", sort_key="item_count")
IS_SAMPLE = BooleanColumn("is_sample", label=_("Minh họa"), accessor="is_sample", sort_key="is_sample")


class TopicViewSet(FoldedViewSet):
    """Values of one taxonomy."""

    icon = "tag"
    ordering = "sort_key"
    chooser_viewset_class = TopicChooserViewSet
    list_display = ["name", "parent", ENGLISH, ITEM_COUNT]
    list_filter = ["parent"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.model.objects.annotate(item_count=Count("links_to_items"))
        return rows.select_related("parent") if hasattr(self.model, "parent") else rows


class FieldViewSet(TopicViewSet):
    """ "Lĩnh vực"."""

    model = Field
    icon = "folder-open-inverse"
    list_display = ["name", "parent", BooleanColumn("is_restricted", label=_("Hạn chế"), accessor="is_restricted"), ENGLISH, ITEM_COUNT]
    list_filter = ["is_restricted"]


class TechniqueViewSet(TopicViewSet):
    """ "Kỹ thuật, công nghệ"."""

    model = Technique
    icon = "cogs"


class ProductViewSet(TopicViewSet):
    """ "Sản phẩm, đối tượng nuôi trồng"."""

    model = Product
    chooser_viewset_class = ProductChooserViewSet
    list_display = ["name", "scientific_name", "parent", ENGLISH, ITEM_COUNT]
    list_filter = ["parent", "is_uncertain"]


class LocalityViewSet(TopicViewSet):
    """ "Địa bàn": communes and wards."""

    model = Locality
    icon = "site"
    chooser_viewset_class = LocalityChooserViewSet
    list_display = ["name", "kind", "code", "since", "until", ITEM_COUNT]
    list_filter = ["kind", "is_border", "is_difficult", "is_ethnic_minority"]


class AudienceViewSet(TopicViewSet):
    """ "Nhóm đối tượng"."""

    model = Audience
    icon = "group"


class FormerPlaceViewSet(FoldedViewSet):
    """Older units: people still search and speak by their names."""

    model = FormerPlace
    icon = "history"
    ordering = "sort_key"
    list_display = ["name", "kind", "code", Column("units", label=_("Nay thuộc"), accessor=lambda former: ", ".join(unit.name for unit in former.units.all()))]
    list_filter = ["kind"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("kind"), FieldPanel("code")]),
        FieldPanel("aliases"),
        FieldPanel("units", widget=forms.CheckboxSelectMultiple),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return FormerPlace.objects.prefetch_related(Prefetch("units", Locality.objects.order_by("sort_key")))


class BylineViewSet(FoldedViewSet):
    """ "Tác giả, bút danh"."""

    model = Byline
    icon = "edit"
    chooser_viewset_class = BylineChooserViewSet
    list_display = ["name", "kind", ITEM_COUNT, IS_SAMPLE]
    list_filter = ["kind", "is_sample"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Byline.objects.annotate(item_count=Count("links_to_items"))


class ContactViewSet(FoldedViewSet):
    """ "Đầu mối liên hệ"."""

    model = Contact
    icon = "mail"
    chooser_viewset_class = ContactChooserViewSet
    list_display = ["name", "job", "organisation", "phone", IS_SAMPLE]
    list_filter = ["products", "localities", "is_sample"]


class TopicGroup(SnippetViewSetGroup):
    """ "Phân loại": the words by which everything is filed."""

    items = (FieldViewSet, TechniqueViewSet, ProductViewSet, LocalityViewSet, FormerPlaceViewSet, AudienceViewSet)
    menu_label = _("Phân loại")
    menu_name = "phan-loai"
    menu_icon = "tag"
    menu_order = 310


class PeopleGroup(SnippetViewSetGroup):
    """ "Con người": names under items, and whom to call."""

    items = (BylineViewSet, ContactViewSet)
    menu_label = _("Con người")
    menu_name = "con-nguoi"
    menu_icon = "user"
    menu_order = 320


register_snippet(TopicGroup)
register_snippet(PeopleGroup)
