"""Support policies: for whom, where, what, how much, how to apply, until when, on what legal basis."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, DateBlock, StreamBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from core.blocks import TEXT_FEATURES, StepBlock
from topics.blocks import ItemBodyBlock
from topics.models import ItemPage

from .documents import DocumentPage


class BasisBlock(StructBlock):
    """A document on which the policy rests."""

    title = CharBlock(label=_("tên văn bản"), max_length=300)
    number = CharBlock(label=_("số, ký hiệu"), required=False, max_length=60)
    issued_on = DateBlock(label=_("ngày ban hành"), required=False)
    note = CharBlock(label=_("điều, khoản"), required=False, max_length=200)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["issued_on"] and cleaned["issued_on"] > timezone.localdate():
            raise StructBlockValidationError({"issued_on": ValidationError(_("Ngày ban hành không thể ở tương lai."))})
        return cleaned

    class Meta:
        label = _("căn cứ")
        icon = "doc-full"
        preview_value = {"title": "Nghị quyết về hỗ trợ (minh họa)", "number": "00/NQ-HĐND", "note": "Điều 3"}


class BasisStream(StreamBlock):
    """Legal basis."""

    basis = BasisBlock()


class ApplyStream(StreamBlock):
    """How to apply, in order."""

    step = StepBlock()


class PolicyPage(ItemPage):
    """Chính sách hỗ trợ."""

    benefit = RichTextField(_("được hỗ trợ gì"), features=TEXT_FEATURES)
    amount = models.CharField(_("mức hỗ trợ"), max_length=200, blank=True)
    eligibility = RichTextField(_("ai được hưởng"), blank=True, features=TEXT_FEATURES)
    how_to_apply = StreamField(ApplyStream(), verbose_name=_("làm hồ sơ thế nào"), blank=True)
    apply_until = models.DateField(_("nhận hồ sơ đến"), null=True, blank=True, help_text=_("Để trống nếu nhận quanh năm."))
    legal_basis = StreamField(BasisStream(), verbose_name=_("căn cứ pháp lý"), blank=True)
    contact = models.ForeignKey("topics.Contact", verbose_name=_("nơi nhận hồ sơ"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    body = StreamField(ItemBodyBlock(), verbose_name=_("nói thêm"), blank=True)

    search_fields = [
        *ItemPage.search_fields,
        index.SearchField("benefit"),
        index.SearchField("eligibility"),
        index.SearchField("body"),
        index.FilterField("apply_until"),
    ]
    content_panels = [
        *ItemPage.what_panels,
        FieldPanel("benefit"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("apply_until")]),
        FieldPanel("eligibility"),
        FieldPanel("how_to_apply"),
        FieldPanel("contact"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("legal_basis")], heading=_("Căn cứ")),
        *ItemPage.audience_panels,
        *ItemPage.clause_panels,
        *ItemPage.source_panels,
        *ItemPage.care_panels,
    ]
    promote_panels = ItemPage.share_panels
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    template = "programme/policy_page.html"

    class Meta:
        verbose_name = _("chính sách hỗ trợ")
        verbose_name_plural = _("chính sách hỗ trợ")

    def clean(self) -> None:
        super().clean()
        if self.apply_until and not (self.how_to_apply or self.contact_id):
            raise ValidationError({"apply_until": _("Đã có hạn nhận hồ sơ thì phải nói nộp thế nào: thêm bước làm hồ sơ hoặc nơi nhận hồ sơ.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"bases": self.bases()}

    def bases(self) -> list[dict[str, Any]]:
        """Documents on which it rests as {title, number, issued_on, note, url}, url "" for those that are not here. One query."""
        numbers = {block.value["number"] for block in self.legal_basis if block.value["number"]}
        found = DocumentPage.objects.public().filter(number__in=numbers, locale__language_code=settings.LANGUAGE_CODE) if numbers else []
        documents = {document.number: document.get_url() for document in found}
        return [{**block.value, "url": documents.get(block.value["number"], "")} for block in self.legal_basis]

    @property
    def is_closed(self) -> bool:
        """Applications are no longer taken."""
        return self.apply_until is not None and self.apply_until < timezone.localdate()

    def schema_type(self) -> str:
        return "GovernmentService"

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        data = super().structured_data(request)[0]
        for article_only in ("headline", "datePublished", "dateModified", "author"):
            data.pop(article_only, None)
        data["audience"] = [{"@type": "Audience", "audienceType": topic.label} for topic in self.badges.get("audience", [])]
        return [data]
