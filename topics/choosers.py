"""Choosers of topics and people: a few letters without accents find a value by any of its names."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from core.choosers import FoldedChooserViewSet

from .models import FormerPlace, Locality


class TopicChooserViewSet(FoldedChooserViewSet):
    """Chooses values of a taxonomy in Vietnamese order; with a parent it shows where a value lies."""

    ordering = "sort_key"
    icon = "tag"
    more_columns: ClassVar[list[Column]] = [Column("parent", label=_("Thuộc"), accessor=lambda topic: topic.parent or "")]

    def get_object_list(self) -> QuerySet[Any]:
        return super().get_object_list().select_related("parent")


class ProductChooserViewSet(TopicChooserViewSet):
    """Also shows the scientific name, by which a product is found too."""

    more_columns: ClassVar[list[Column]] = [
        Column("scientific_name", label=_("Tên khoa học"), accessor="scientific_name"),
        *TopicChooserViewSet.more_columns,
    ]


class LocalityChooserViewSet(FoldedChooserViewSet):
    """Communes and wards of today; the name of an older unit finds the one it went into."""

    ordering = "sort_key"
    icon = "site"
    more_columns: ClassVar[list[Column]] = [
        Column("kind", label=_("Loại"), accessor="get_kind_display"),
        Column("former", label=_("Gồm đơn vị cũ"), accessor=lambda place: ", ".join(former.name for former in place.former_places.all())),
    ]

    def get_object_list(self) -> QuerySet[Any]:
        return Locality.objects.standing().prefetch_related(Prefetch("former_places", FormerPlace.objects.order_by("sort_key")))


class BylineChooserViewSet(FoldedChooserViewSet):
    """Names under items."""

    icon = "user"
    more_columns: ClassVar[list[Column]] = [Column("kind", label=_("Loại"), accessor="get_kind_display")]


class ContactChooserViewSet(FoldedChooserViewSet):
    """Whom to call."""

    icon = "mail"
    more_columns: ClassVar[list[Column]] = [
        Column("job", label=_("Chức vụ"), accessor="job"),
        Column("organisation", label=_("Cơ quan"), accessor="organisation"),
    ]
