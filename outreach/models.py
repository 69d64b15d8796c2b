"""Events and training: where people meet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from core.blocks import TEXT_FEATURES
from topics.blocks import ItemBodyBlock
from topics.models import ItemPage


class SlotBlock(StructBlock):
    """One line of an agenda."""

    time = CharBlock(label=_("giờ"), max_length=40, help_text=_("Ví dụ: 8:00–9:30."))
    title = CharBlock(label=_("việc"), max_length=200)
    note = CharBlock(label=_("ghi chú"), required=False, max_length=200)

    class Meta:
        label = _("phần")
        icon = "time"
        preview_value = {"time": "8:00–9:30", "title": "Thực hành ủ phân tại vườn", "note": ""}


class AgendaStream(StreamBlock):
    """What happens when."""

    slot = SlotBlock()


class EventPage(ItemPage):
    """Sự kiện, tập huấn."""

    starts_at = models.DateTimeField(_("bắt đầu"))
    ends_at = models.DateTimeField(_("kết thúc"), null=True, blank=True)
    venue = models.CharField(_("nơi tổ chức"), max_length=200, blank=True)
    organiser = models.CharField(_("đơn vị tổ chức"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(_("số chỗ"), null=True, blank=True)
    registration = RichTextField(_("đăng ký thế nào"), blank=True, features=TEXT_FEATURES)
    agenda = StreamField(AgendaStream(), verbose_name=_("chương trình"), blank=True)
    contact = models.ForeignKey("topics.Contact", verbose_name=_("đầu mối"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    body = StreamField(ItemBodyBlock(), verbose_name=_("nội dung"), blank=True)

    search_fields = [*ItemPage.search_fields, index.SearchField("venue"), index.SearchField("body"), index.FilterField("starts_at")]
    content_panels = [
        *ItemPage.what_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("venue"),
                FieldRowPanel([FieldPanel("organiser"), FieldPanel("capacity")]),
            ],
            heading=_("Khi nào, ở đâu"),
        ),
        *ItemPage.picture_panels,
        FieldPanel("registration"),
        FieldPanel("agenda"),
        FieldPanel("body"),
        FieldPanel("contact"),
        *ItemPage.audience_panels,
        *ItemPage.clause_panels,
        *ItemPage.source_panels,
        *ItemPage.care_panels,
    ]
    promote_panels = ItemPage.share_panels
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    template = "outreach/event_page.html"

    class Meta:
        verbose_name = _("sự kiện, tập huấn")
        verbose_name_plural = _("sự kiện, tập huấn")

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("Giờ kết thúc đứng trước giờ bắt đầu. Hãy xem lại hai ô này.")})

    def folded_parts(self) -> list[str]:
        return [*super().folded_parts(), self.venue]

    @property
    def is_over(self) -> bool:
        return (self.ends_at or self.starts_at) < timezone.now()

    def schema_type(self) -> str:
        return "Event"

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        data = super().structured_data(request)[0]
        data |= {"startDate": self.starts_at, "endDate": self.ends_at or self.starts_at, "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode"}
        if self.venue:
            data["location"] = {"@type": "Place", "name": self.venue, "address": self.venue}
        if self.organiser:
            data["organizer"] = {"@type": "Organization", "name": self.organiser}
        return [data]
