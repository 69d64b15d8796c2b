"""Honourees and the honours register: who was honoured, by whom, for what, and whether it still stands."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from achievements.blocks import ResultsStream
from core.blocks import TEXT_FEATURES
from topics.blocks import ItemBodyBlock
from topics.models import ItemPage


class HonoureeKind(models.TextChoices):
    """Who is honoured."""

    ENTERPRISE = "doanh-nghiep", _("doanh nghiệp")
    COOPERATIVE = "hop-tac-xa", _("hợp tác xã")
    ORGANISATION = "to-chuc", _("tổ chức")
    HOUSEHOLD = "ho-gia-dinh", _("hộ gia đình")
    PERSON = "ca-nhan", _("cá nhân")


class HonoureePage(ItemPage):
    """Điển hình được tôn vinh: who they are and what others can learn. The honours themselves are the register."""

    share_tone = "gold"

    kind = models.CharField(_("là"), max_length=20, choices=HonoureeKind)
    since_year = models.PositiveSmallIntegerField(_("từ năm"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)])
    size_note = models.CharField(_("quy mô"), max_length=120, blank=True, help_text=_("Ví dụ: 42 hộ, 18 ha."))
    results = StreamField(ResultsStream(), verbose_name=_("làm được gì"), blank=True)
    body = StreamField(ItemBodyBlock(), verbose_name=_("câu chuyện"), blank=True)
    lessons = RichTextField(_("nơi khác học được gì"), blank=True, features=TEXT_FEATURES)
    contact = models.ForeignKey("topics.Contact", verbose_name=_("đầu mối đến học"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    search_fields = [*ItemPage.search_fields, index.SearchField("body"), index.FilterField("kind")]
    content_panels = [
        *ItemPage.what_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("since_year"), FieldPanel("size_note")]),
        *ItemPage.picture_panels,
        FieldPanel("results"),
        FieldPanel("body"),
        FieldPanel("lessons"),
        FieldPanel("contact"),
        *ItemPage.audience_panels,
        *ItemPage.clause_panels,
        *ItemPage.source_panels,
        *ItemPage.care_panels,
    ]
    promote_panels = ItemPage.share_panels
    parent_page_types = ["achievements.HonoursRegisterPage"]
    subpage_types: list[str] = []
    template = "achievements/honouree_page.html"

    class Meta:
        verbose_name = _("điển hình được tôn vinh")
        verbose_name_plural = _("điển hình được tôn vinh")

    def schema_type(self) -> str:
        return "ProfilePage"

    @cached_property
    def honour_lines(self) -> list[Honour]:
        """Honours of this honouree, newest first; a translation shows those of the Vietnamese page. One query."""
        return list(Honour.objects.filter(honouree__translation_key=self.translation_key).for_register())


class HonourLevel(models.TextChoices):
    """Who gave it; values are the query parameter `cap`."""

    COMMUNE = "xa", _("cấp xã")
    PROVINCE = "tinh", _("cấp tỉnh")
    MINISTRY = "bo-nganh", _("cấp bộ, ngành")
    CENTRAL = "trung-uong", _("cấp trung ương")


class HonourForm(models.TextChoices):
    """Forms of honour (Luật Thi đua, khen thưởng 06/2022/QH15)."""

    MERIT = "bang-khen", _("bằng khen")
    COMMENDATION = "giay-khen", _("giấy khen")
    ORDER = "huan-chuong", _("huân chương")
    FLAG = "co-thi-dua", _("cờ thi đua")
    OTHER = "khac", _("hình thức khác")


class HonourQuerySet(models.QuerySet["Honour"]):
    """Questions asked of the register."""

    def standing(self, on: dt.date | None = None) -> Self:
        """Honours that hold on the given day (default: today): decided by then, not annulled, not run out."""
        day = on or timezone.localdate()
        return self.filter(decided_on__lte=day).exclude(annulled_on__lte=day).exclude(valid_until__lt=day)

    def public(self) -> Self:
        """Honours whose honouree a visitor may see; annulled ones too, shown as annulled."""
        return self.filter(honouree__live=True, honouree__withdrawn_on=None)

    def for_register(self) -> Self:
        """What one page of the register shows, in one query: newest decision first, honouree joined."""
        return self.select_related("honouree__locale", "document").order_by("-decided_on", "decision_number")


class Honour(models.Model):
    """One decision to honour one honouree.

    A published honour is never edited away: an error is annulled, with the decision that annulled it,
    and stays visible as annulled (Luật Thi đua, khen thưởng 06/2022/QH15).
    """

    honouree = models.ForeignKey(HonoureePage, verbose_name=_("đơn vị, cá nhân"), on_delete=models.PROTECT, related_name="honours")
    level = models.CharField(_("cấp khen"), max_length=20, choices=HonourLevel)
    form = models.CharField(_("hình thức"), max_length=20, choices=HonourForm)
    decision_number = models.CharField(_("số quyết định"), max_length=60, help_text=_("Như trên văn bản, ví dụ 1234/QĐ-UBND."))
    decided_on = models.DateField(_("ngày quyết định"))
    issuing_body = models.CharField(_("cơ quan quyết định"), max_length=200)
    citation = models.TextField(_("thành tích"), max_length=600)
    valid_until = models.DateField(_("có giá trị đến"), null=True, blank=True)
    document = models.ForeignKey("core.PortalDocument", verbose_name=_("văn bản"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    annulled_on = models.DateField(_("ngày hủy bỏ"), null=True, blank=True)
    annulled_by = models.CharField(_("quyết định hủy bỏ"), max_length=60, blank=True)
    annulment_reason = models.CharField(_("lý do hủy bỏ"), max_length=250, blank=True)
    is_sample = models.BooleanField(_("nội dung minh họa"), default=False)

    objects = HonourQuerySet.as_manager()

    panels = [
        FieldPanel("honouree"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decided_on")]),
                FieldPanel("issuing_body"),
                FieldRowPanel([FieldPanel("level"), FieldPanel("form")]),
                FieldPanel("citation"),
                FieldRowPanel([FieldPanel("valid_until"), FieldPanel("document")]),
            ],
            heading=_("Quyết định"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("annulled_on"), FieldPanel("annulled_by")]), FieldPanel("annulment_reason")], heading=_("Hủy bỏ")),
        FieldPanel("is_sample"),
    ]

    class Meta:
        verbose_name = _("danh hiệu, hình thức khen")
        verbose_name_plural = _("sổ tôn vinh")
        constraints = [
            models.UniqueConstraint(fields=["honouree", "decision_number"], name="honour_once_per_decision"),
            models.CheckConstraint(condition=Q(annulled_on=None) | Q(annulled_on__gte=F("decided_on")), name="honour_annulled_after_decision"),
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("decided_on")), name="honour_valid_after_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_number}: {self.honouree}"

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if bool(self.annulled_on) != bool(self.annulled_by):
            errors["annulled_by"] = _("Hủy bỏ cần cả ngày và số quyết định hủy bỏ.")
        if self.annulled_on and self.decided_on and self.annulled_on < self.decided_on:
            errors["annulled_on"] = _("Ngày hủy bỏ không thể trước ngày quyết định.")
        if self.valid_until and self.decided_on and self.valid_until < self.decided_on:
            errors["valid_until"] = _("Ngày hết giá trị không thể trước ngày quyết định.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_annulled(self) -> bool:
        return self.annulled_on is not None

    @property
    def is_expired(self) -> bool:
        return self.valid_until is not None and self.valid_until < timezone.localdate()
