"""Documents as issued: number, date, issuer, signer, abstract, file, clauses (Nghị định 42/2022/NĐ-CP)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
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

from programme.outline import count, outline
from programme.queries import SEGMENT, clauses_with_answers, kinds_of_answers
from topics.blocks import ItemBodyBlock
from topics.listing import PAGE_SIZE, page_number
from topics.models import ItemPage
from topics.models.items import ItemManager, ItemQuerySet
from topics.queries import with_places

from .clauses import Clause
from .targets import Target


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


class DocumentManager(ItemManager):
    """Documents with their file, which every page of theirs offers."""

    def get_queryset(self) -> ItemQuerySet:
        return super().get_queryset().select_related("file")


class DocumentPage(RoutablePageMixin, ItemPage):
    """Văn bản: as issued, with a page for each clause."""

    share_tone = "red"

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
    objects = DocumentManager()
    # The clause that this request is about, for what is said of the page in its head.
    shown_clause: Clause | None = None

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
        """The document, or on a clause's page the clause as a part of it."""
        issued = {
            "legislationIdentifier": self.number,
            "legislationDate": self.issued_on,
            "legislationPassedBy": {"@type": "Organization", "name": self.issuer},
        }
        clause = self.shown_clause
        if clause is None:
            return [super().structured_data(request)[0] | issued]
        part = {
            "@type": self.schema_type(),
            "name": f"{clause.label} – {self.number}",
            "legislationIdentifier": f"{self.number}, {clause.label}",
            "url": f"{settings.SITE_URL}{clause.get_absolute_url()}",
            "inLanguage": settings.LANGUAGE_CODE,
            "text": clause.text,
        }
        return [part | {"isPartOf": {"@type": self.schema_type(), "name": self.title, "url": self.get_full_url(request), **issued}}]

    @cached_property
    def outline(self) -> list[Clause]:
        """Clauses in order, each with `document` set to this page and its `answer_count`. One query."""
        clauses = clauses_with_answers(self)
        for clause in clauses:
            clause.document = self
        return clauses

    def targets(self, clauses: list[Clause]) -> list[Any]:
        """The targets that rest on these clauses, with their yearly values. Two queries."""
        places = {clause.pk: clause for clause in clauses}
        found = list(Target.objects.filter(clause__in=places).prefetch_related("values"))
        for target in found:
            target.clause = places[target.clause_id]
        return found

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A withdrawn document is withdrawn with all its clauses."""
        return ItemPage.serve(self, request) if self.is_withdrawn else super().serve(request, *args, **kwargs)

    @path("", name="index")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        """The whole document: its outline, its targets, its words, what was noticed when it was imported."""
        context = {
            "parts": outline(self.outline),
            "counts": count(self.outline),
            "answered_count": sum(1 for clause in self.outline if clause.answer_count),  # type: ignore[attr-defined]
            "targets": self.targets(self.outline),
            "repairs": self._placed(self.repairs),
            "doubts": self._placed(self.doubts),
            "recipients": [line for line in self.recipients.splitlines() if line.strip()],
            "text_language": self._text_language(),
        }
        return self.render(request, context_overrides=context)

    @path("<slug:address>/", name="clause")
    def clause(self, request: HttpRequest, address: str) -> HttpResponse:
        """One clause: its text, its place, its neighbours, and what answers to it, a page of twenty at a time."""
        position = next((number for number, clause in enumerate(self.outline) if clause.address == address), None)
        if position is None:
            raise Http404(gettext("Văn bản không có điều khoản này."))
        clause = self.shown_clause = self.outline[position]
        items = ItemPage.objects.public().filter(locale=self.locale_id, clause_links__clause=clause.pk).for_list()
        kinds = kinds_of_answers(items)
        paginator = Paginator(items, PAGE_SIZE)
        paginator.count = sum(total for _kind, total in kinds)  # type: ignore[misc] - counted already
        number = page_number(request.GET)
        if number > paginator.num_pages:
            raise Http404(gettext("Không có trang này."))
        page_obj = paginator.page(number)
        page_obj.object_list = with_places(list(page_obj.object_list))
        context = {
            "clause": clause,
            "previous_clause": self.outline[position - 1] if position else None,
            "next_clause": self.outline[position + 1] if position + 1 < len(self.outline) else None,
            "neighbours": [other for other in self.outline if (other.section, other.item) == (clause.section, clause.item)],
            "page_obj": page_obj,
            "answer_kinds": [f"{kind.plural} {total}" for kind, total in kinds if total],
            "empty_kinds": [str(kind.plural) for kind, total in kinds if not total and kind.segment != SEGMENT],
            "targets": self.targets([clause]),
            "text_language": self._text_language(),
            "crumbs": [*self.crumbs, {"title": self.number, "url": self.get_url(request)}],
            "canonical_url": f"{settings.SITE_URL}{clause.get_absolute_url()}",
            "translations": [{**entry, "url": f"{entry['url']}{address}/"} for entry in self.translations],
            "is_hidden_from_search": bool(request.GET),
            "meta_title": f"{clause.label} – {self.number}",
            "meta_description": clause.text[:200],
        }
        return self.render(request, context_overrides=context, template="programme/clause.html")

    def _placed(self, notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Notes of the import, each with `label`, where it is, and `url` where that is a clause."""
        clauses = {clause.address: clause for clause in self.outline}
        ends = {"tieu-de": gettext("Tên văn bản"), "noi-nhan": gettext("Nơi nhận"), "nguoi-ky": gettext("Người ký")}
        placed = []
        for note in notes:
            address = note["address"]
            clause = clauses.get(address)
            label = clause.label if clause else ends.get(address) or gettext("Tiêu đề %(number)s") % {"number": address.upper().replace("-", ".")}
            placed.append({**note, "label": label, "url": clause.get_absolute_url() if clause else ""})
        return placed

    def _text_language(self) -> str:
        """Language of the issued words where it is not that of this page, else ""."""
        return "" if self.locale.language_code == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE
