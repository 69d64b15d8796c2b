"""The communes and wards of the province, and the older units by which people still speak."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from core.finding import containing
from core.vietnamese import fold, sort_key

from .taxonomies import Topic, TopicName, TopicQuerySet


class LocalityKind(models.TextChoices):
    """Kinds of unit since 1/7/2025; there are no districts."""

    COMMUNE = "commune", _("xã")
    WARD = "ward", _("phường")


class LocalityQuerySet(TopicQuerySet):
    """Questions about places."""

    def standing(self, on: dt.date | None = None) -> Self:
        """Units that exist on the given day (default: today)."""
        day = on or timezone.localdate()
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))

    def matching(self, text: str) -> Self:
        """Units with a name, today's or that of an older unit in it, that contains every word of the text."""
        of_old_unit = FormerPlacePart.objects.filter(containing(text, "former__folded"), locality=OuterRef("pk"))
        return self.filter(containing(text) | Exists(of_old_unit))


class Locality(Topic):
    """A commune or ward. Its key is (code, since): codes were taken over from older units of other names.

    Flags are unknown (None) until somebody gives a source.
    """

    segment, links, key = "dia-ban", "locality_links", "locality"

    code = models.CharField(_("mã đơn vị hành chính"), max_length=10, help_text=_("Mã của Tổng cục Thống kê."))
    since = models.DateField(_("có từ ngày"))
    until = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    kind = models.CharField(_("loại"), max_length=10, choices=LocalityKind)
    grid_column = models.PositiveSmallIntegerField(_("cột trên sơ đồ"), null=True, blank=True)
    grid_row = models.PositiveSmallIntegerField(_("hàng trên sơ đồ"), null=True, blank=True)
    is_border = models.BooleanField(_("xã biên giới"), null=True, blank=True)
    is_difficult = models.BooleanField(_("vùng khó khăn"), null=True, blank=True)
    is_ethnic_minority = models.BooleanField(_("vùng đồng bào dân tộc thiểu số"), null=True, blank=True)

    objects = LocalityQuerySet.as_manager()

    panels = [
        Topic.panels[0],
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]), FieldRowPanel([FieldPanel("since"), FieldPanel("until")])],
            heading=_("Đơn vị hành chính"),
        ),
        MultiFieldPanel([FieldPanel("is_border"), FieldPanel("is_difficult"), FieldPanel("is_ethnic_minority")], heading=_("Đặc điểm địa bàn")),
        *Topic.panels[1:],
    ]

    class Meta:
        verbose_name = _("địa bàn")
        verbose_name_plural = _("địa bàn")
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="locality_once_per_code_and_day"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="locality_ends_after_it_begins"),
        ]

    @property
    def full_label(self) -> str:
        """ "xã Thất Khê": the name with its kind, for running text."""
        if self.kind == LocalityKind.WARD:
            return gettext("phường %(name)s") % {"name": self.label}
        return gettext("xã %(name)s") % {"name": self.label}


class LocalityName(TopicName):
    """A name of a place."""

    topic = ParentalKey(Locality, on_delete=models.CASCADE, related_name="names")


class FormerKind(models.TextChoices):
    """Kinds of unit before 1/7/2025."""

    COMMUNE = "commune", _("xã")
    WARD = "ward", _("phường")
    TOWN = "town", _("thị trấn")
    DISTRICT = "district", _("huyện")
    CITY = "city", _("thành phố")


class FormerPlace(models.Model):
    """A unit that is no more; people still search and speak by its name. Names repeat, so aliases are many to many."""

    code = models.CharField(_("mã cũ"), max_length=10, blank=True)
    name = models.CharField(_("tên cũ"), max_length=120)
    kind = models.CharField(_("loại"), max_length=10, choices=FormerKind)
    aliases = models.CharField(_("cách gọi khác"), max_length=200, blank=True)
    units = models.ManyToManyField(Locality, verbose_name=_("nay thuộc"), through="FormerPlacePart", related_name="former_places")
    sort_key = models.CharField(max_length=400, editable=False)
    folded = models.CharField(max_length=400, editable=False, db_index=True)

    class Meta:
        verbose_name = _("đơn vị cũ")
        verbose_name_plural = _("đơn vị cũ")
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["code", "kind", "name"], name="former_place_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.name)
        self.folded = fold(f"{self.name} ; {self.aliases}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class FormerPlacePart(models.Model):
    """An older unit, or a part of it, went into a unit of today."""

    former = models.ForeignKey(FormerPlace, on_delete=models.CASCADE, related_name="parts")
    locality = models.ForeignKey(Locality, on_delete=models.CASCADE, related_name="former_parts")
    is_divided = models.BooleanField(_("chia tách"), default=False, help_text=_("Chỉ một phần của đơn vị cũ."))

    class Meta:
        verbose_name = _("đơn vị cũ nay thuộc")
        verbose_name_plural = _("đơn vị cũ nay thuộc")
        constraints = [models.UniqueConstraint(fields=["former", "locality"], name="former_place_part_once")]

    def __str__(self) -> str:
        return f"{self.former} → {self.locality}"
