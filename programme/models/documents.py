"""Documents as issued: number, date, issuer, signer, abstract, file, clauses (Nghị định 42/2022/NĐ-CP)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from topics.blocks import ItemBodyBlock
from topics.models import ItemPage
from topics.queries import with_places

from .clauses import Clause


class DocumentKind(models.TextChoices):
    """Kinds of document of the Party and the State."""

    RESOLUTION = "nghi-quyet", _("nghị quyết")
    PROGRAMME = "chuong-trinh", _("chương trình hành động")
    PLAN = "ke-hoach", _("kế hoạch")
    DECISION = "quyet-dinh", _("quyết định")
    DIRECTIVE = "chi-thi", _("chỉ thị")
    GUIDANCE = "huong-dan", _("hướng dẫn")
    LAW = "luat", _("luật, nghị định, thông tư")
    OTHER = "khac", _("văn bản khác")


class DocumentPage(RoutablePageMixin, ItemPage):
    """Văn bản: as issued, with a page for each clause."""

    document_kind = models.CharField(_("loại văn bản"), max_length=20, choices=DocumentKind, default=DocumentKind.OTHER)
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    issued_on = models.DateField(_("ngày ban hành"))
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200)
    signer = models.CharField(_("người ký"), max_length=120, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=200, blank=True)
    recipients = models.TextField(_("nơi nhận"), blank=True, help_text=_("Mỗi dòng một nơi."))
    file = models.ForeignKey("core.PortalDocument", verbose_name=_("tệp văn bản"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    repairs = models.JSONField(_("sửa trình bày khi nhập"), default=list, blank=True, editable=False)
    doubts = models.JSONField(_("chỗ ngờ khi nhập"), default=list, blank=True, editable=False)
    body = StreamField(ItemBodyBlock(), verbose_name=_("giới thiệu văn bản"), blank=True)

    search_fields = [
        *ItemPage.search_fields,
        index.SearchField("number", boost=4),
        index.SearchField("issuer"),
        index.RelatedFields("clauses", [index.SearchField("text")]),
        index.FilterField("issued_on"),
        index.FilterField("document_kind"),
    ]
    content_panels = [
        *ItemPage.what_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("document_kind"), FieldPanel("number"), FieldPanel("issued_on")]),
                FieldPanel("issuer"),
                FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_title")]),
                FieldPanel("recipients"),
                FieldPanel("file"),
            ],
            heading=_("Văn bản"),
        ),
        FieldPanel("body"),
        *ItemPage.audience_panels,
        *ItemPage.source_panels,
        *ItemPage.care_panels,
    ]
    promote_panels = ItemPage.share_panels
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    template = "programme/document_page.html"

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")

    def clean(self) -> None:
        super().clean()
        if self.issued_on and self.issued_on > timezone.localdate():
            raise ValidationError({"issued_on": _("Ngày ban hành không thể ở tương lai.")})

    def folded_parts(self) -> list[str]:
        return [*super().folded_parts(), self.number, self.issuer]

    def schema_type(self) -> str:
        return "Legislation"

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        data = super().structured_data(request)[0]
        data |= {"legislationIdentifier": self.number, "legislationDate": self.issued_on, "legislationPassedBy": {"@type": "Organization", "name": self.issuer}}
        return [data]

    @property
    def source_document(self) -> DocumentPage:
        """The page that holds the clauses: the Vietnamese one, for a translation too."""
        if self.locale.language_code == "vi":
            return self
        return DocumentPage.objects.filter(translation_key=self.translation_key, locale__language_code="vi").first() or self

    @cached_property
    def outline(self) -> list[Clause]:
        """Clauses in order, each with `document` set to this page and `answer_count`. One query."""
        counted = Clause.objects.filter(document=self.source_document).in_order().annotate(answer_count=models.Count("links_to_items"))
        clauses = list(counted)
        for clause in clauses:
            clause.document = self
        return clauses

    @path("<slug:address>/", name="clause")
    def clause(self, request: HttpRequest, address: str) -> HttpResponse:
        """One clause: its text, its place, its neighbours, and what answers to it."""
        position = next((number for number, clause in enumerate(self.outline) if clause.address == address), None)
        if position is None:
            raise Http404(gettext("Văn bản không có điều khoản này."))
        clause = self.outline[position]
        items = ItemPage.objects.public().filter(locale=self.locale_id, clause_links__clause=clause.pk).for_list()
        context = {
            "clause": clause,
            "previous_clause": self.outline[position - 1] if position else None,
            "next_clause": self.outline[position + 1] if position + 1 < len(self.outline) else None,
            "items": with_places(list(items[:50])),
            "targets": list(clause.targets.all()),  # type: ignore[attr-defined]
            "crumbs": [*self.crumbs, {"title": self.number, "url": self.get_url(request)}],
            "canonical_url": f"{settings.SITE_URL}{clause.get_absolute_url()}",
            "translations": [{**entry, "url": f"{entry['url']}{address}/"} for entry in self.translations],
            "meta_title": f"{clause.label} – {self.number}",
            "meta_description": clause.text[:200],
        }
        return self.render(request, context_overrides=context, template="programme/clause.html")
