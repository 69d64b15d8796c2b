"""Achievements: what works here, with figures, and how to take it over."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from achievements.blocks import EvidenceStream, ResultsStream
from core.blocks import TEXT_FEATURES
from topics.blocks import ItemBodyBlock
from topics.models import ItemPage

# Technology readiness in plain words, after ISO 16290 and the European Commission's scale of nine levels.
READINESS = [
    (1, _("1. Mới thấy nguyên lý")),
    (2, _("2. Có ý tưởng ứng dụng")),
    (3, _("3. Thử được trong phòng thí nghiệm")),
    (4, _("4. Chạy tốt trong phòng thí nghiệm")),
    (5, _("5. Thử ở vườn, chuồng, xưởng")),
    (6, _("6. Mẫu chạy được ở điều kiện thật")),
    (7, _("7. Dùng thử tại hộ, hợp tác xã")),
    (8, _("8. Hoàn chỉnh, đã được đánh giá")),
    (9, _("9. Đang dùng rộng rãi")),
]


class AchievementPage(ItemPage):
    """Thành tựu: something that works here, with figures, and how to take it over."""

    change = models.TextField(
        _("đổi thay cho ai"), max_length=500, blank=True, help_text=_("Trước làm thế nào, nay khác ra sao, ai được lợi. Viết cho người làm ruộng đọc.")
    )
    achieved_on = models.DateField(_("ngày đạt được"), null=True, blank=True, help_text=_("Ngày nghiệm thu, công bố hoặc đưa vào dùng."))
    readiness = models.PositiveSmallIntegerField(
        _("mức sẵn sàng"), choices=READINESS, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    results = StreamField(ResultsStream(), verbose_name=_("kết quả"), blank=True, help_text=_("Con số nào cũng cần đơn vị, nguồn và ngày."))
    before = RichTextField(_("trước đây"), blank=True, features=TEXT_FEATURES)
    after = RichTextField(_("bây giờ"), blank=True, features=TEXT_FEATURES)
    holder = models.CharField(_("chủ sở hữu"), max_length=200, blank=True)
    intellectual_property = models.CharField(_("sở hữu trí tuệ"), max_length=250, blank=True, help_text=_("Bằng, số đơn, hoặc “không đăng ký”."))
    how_to_adopt = RichTextField(_("muốn làm theo"), blank=True, features=TEXT_FEATURES)
    evidence = StreamField(EvidenceStream(), verbose_name=_("căn cứ"), blank=True)
    transfer_contact = models.ForeignKey(
        "topics.Contact", verbose_name=_("đầu mối chuyển giao"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField(ItemBodyBlock(), verbose_name=_("nội dung"), blank=True)

    search_fields = [*ItemPage.search_fields, index.SearchField("change"), index.SearchField("body"), index.FilterField("readiness")]
    content_panels = [
        *ItemPage.what_panels,
        FieldPanel("change"),
        FieldRowPanel([FieldPanel("achieved_on"), FieldPanel("readiness")]),
        FieldPanel("results"),
        *ItemPage.picture_panels,
        MultiFieldPanel([FieldPanel("before"), FieldPanel("after")], heading=_("Trước và sau")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("how_to_adopt"), FieldPanel("transfer_contact")], heading=_("Làm theo")),
        MultiFieldPanel([FieldPanel("holder"), FieldPanel("intellectual_property")], heading=_("Của ai")),
        FieldPanel("evidence"),
        *ItemPage.audience_panels,
        *ItemPage.clause_panels,
        *ItemPage.source_panels,
        *ItemPage.care_panels,
    ]
    promote_panels = ItemPage.share_panels
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    template = "achievements/achievement_page.html"

    class Meta:
        verbose_name = _("thành tựu")
        verbose_name_plural = _("thành tựu")

    def clean(self) -> None:
        super().clean()
        if self.achieved_on and self.achieved_on > timezone.localdate():
            raise ValidationError({"achieved_on": _("Ngày đạt được không thể ở tương lai.")})

    @property
    def main_result(self) -> Any:
        """The figure that the page shows large: the first one, or None."""
        return self.results[0].value if self.results else None

    @property
    def days_to_publication(self) -> int | None:
        """Days from the event to publication: "kịp thời giới thiệu" (programme, III.1) is measured by it."""
        if not (self.achieved_on and self.first_published_at):
            return None
        return (timezone.localdate(self.first_published_at) - self.achieved_on).days
