"""The programme's targets: with a baseline that may be unknown, yearly values, source and as-of date."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from core.vietnamese import fold


class TargetKind(models.TextChoices):
    """Whether a target is a figure or words."""

    FIGURE = "figure", _("con số")
    STATEMENT = "statement", _("bằng lời")


class Target(ClusterableModel):
    """Chỉ tiêu: what the programme sets out to reach. Its only figure, 50 %, has no baseline in the source (II.2.1)."""

    slug = models.SlugField(_("mã"), max_length=80, unique=True)
    name = models.CharField(_("chỉ tiêu"), max_length=300)
    kind = models.CharField(_("loại"), max_length=10, choices=TargetKind, default=TargetKind.FIGURE)
    clause = models.ForeignKey("programme.Clause", verbose_name=_("theo điều khoản"), null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    clause_address = models.SlugField(max_length=40, blank=True, editable=False, help_text=_("Giữ khi văn bản chưa nhập."))
    unit = models.CharField(_("đơn vị"), max_length=40, blank=True)
    baseline = models.DecimalField(
        _("số gốc"), max_digits=14, decimal_places=2, null=True, blank=True, help_text=_("Để trống nếu chưa biết; trang sẽ nói rõ là chưa có.")
    )
    baseline_note = models.CharField(_("về số gốc"), max_length=250, blank=True)
    target_value = models.DecimalField(_("mức đặt ra"), max_digits=14, decimal_places=2, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("đến năm"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=250, blank=True)
    as_of = models.DateField(_("tính đến ngày"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    folded = models.CharField(max_length=400, editable=False, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("slug"), FieldRowPanel([FieldPanel("kind"), FieldPanel("position")]), FieldPanel("clause")], heading=_("Chỉ tiêu")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("baseline"), FieldPanel("baseline_note")]),
                FieldRowPanel([FieldPanel("target_value"), FieldPanel("unit"), FieldPanel("target_year")]),
            ],
            heading=_("Con số"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("source"), FieldPanel("as_of")])], heading=_("Nguồn")),
        InlinePanel("values", heading=_("Số thực hiện từng năm"), label=_("năm")),
    ]

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.kind == TargetKind.FIGURE and self.target_value is None:
            raise ValidationError({"target_value": _("Chỉ tiêu bằng con số cần mức đặt ra; nếu không có, chọn loại “bằng lời”.")})

    def with_unit(self, value: Decimal) -> str:
        """ "50 %", "1.234,5 ha": a value of this target as people write it."""
        return f"{number_format(value.normalize(), use_l10n=True)} {self.unit}".strip()

    @property
    def target_text(self) -> str:
        """What is set out, "" where it is set out in words."""
        return "" if self.target_value is None else self.with_unit(self.target_value)

    @property
    def baseline_text(self) -> str:
        """From what it counts, "" where that is not known."""
        return "" if self.baseline is None else self.with_unit(self.baseline)

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class TargetValue(models.Model):
    """What was reached in one year, by whose count."""

    target = ParentalKey(Target, on_delete=models.CASCADE, related_name="values")
    year = models.PositiveSmallIntegerField(_("năm"))
    value = models.DecimalField(_("đạt"), max_digits=14, decimal_places=2)
    source = models.CharField(_("nguồn"), max_length=250)
    as_of = models.DateField(_("tính đến ngày"))

    class Meta:
        verbose_name = _("số thực hiện")
        verbose_name_plural = _("số thực hiện")
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["target", "year"], name="target_value_once_per_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.text}"

    @property
    def text(self) -> str:
        """The value with its target's unit."""
        return self.target.with_unit(self.value)
