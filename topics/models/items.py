"""An item: what every kind of content shares, so that one query spans all kinds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import capfirst
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Orderable, Page, PageManager, PageQuerySet, PageViewRestriction
from wagtail.search import index

from core.models import BasePage
from core.share_cards import ShareCard
from core.vietnamese import sort_key
from topics.kinds import Kind, kind_of

from .people import Byline, Contact
from .places import Locality
from .taxonomies import Audience, Field, Product, Technique

# Titles that are alike this far stand in any order.
LONGEST_SORTED = 120


class ItemQuerySet(PageQuerySet):
    """Questions that listings, feeds, search and the sitemap ask of items."""

    def public(self) -> ItemQuerySet:
        """What a visitor may find: live, not private, not withdrawn."""
        return self.live().public_pages().filter(withdrawn_on=None)

    def public_pages(self) -> ItemQuerySet:
        """Without pages behind a password or a login, their own or an ancestor's. Asked inside the query: Wagtail's own takes one more."""
        here = models.ExpressionWrapper(models.OuterRef("path"), output_field=models.CharField())
        closed = PageViewRestriction.objects.alias(here=here).filter(here__startswith=models.F("page__path"))
        return self.exclude(models.Exists(closed))

    def in_language(self, language: str) -> ItemQuerySet:
        """Items of one language."""
        return self.filter(locale__language_code=language)

    def for_list(self) -> ItemQuerySet:
        """What a list shows of an item, newest first, in one query whatever the kinds."""
        return self.select_related("content_type", "locale", "lead_image").order_by("-first_published_at", "-pk")

    def only(self, *fields: str) -> ItemQuerySet:
        """Some columns of the row itself: what comes along by default is left out, or Django refuses (Wagtail's editor asks so)."""
        return super(ItemQuerySet, self.select_related(None)).only(*fields)


class ItemManager(PageManager.from_queryset(ItemQuerySet)):  # type: ignore[misc]
    """Items of all kinds. What every item page shows of other tables comes along in the query that fetches the item."""

    def get_queryset(self) -> ItemQuerySet:
        contacts = [field.name for field in self.model._meta.fields if field.related_model is Contact]
        return super().get_queryset().select_related("locale", "lead_image", *contacts)


class ItemPage(BasePage):
    """An item of content: it has topics, a source, a keeper and a day by which somebody reads it again.

    Withdrawn = stays in the tree, answers 410 with its reason, leaves every list, feed, search and sitemap.
    """

    share_tone = "green"

    lead_image = models.ForeignKey("core.PortalImage", verbose_name=_("ảnh chính"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    lead_image_alt = models.CharField(_("mô tả ảnh chính"), max_length=250, blank=True, help_text=_("Nói điều ảnh cho thấy, cho người không nhìn thấy ảnh."))
    source = models.CharField(_("nguồn tin"), max_length=250, blank=True, help_text=_("Nơi cung cấp thông tin, nếu không phải do tòa soạn viết."))
    is_sample = models.BooleanField(
        _("nội dung minh họa"), default=False, help_text=_("Người, đơn vị, quyết định hoặc con số không có thật. Trang hiện dấu “Nội dung minh họa”.")
    )
    is_biosafety = models.BooleanField(_("an toàn sinh học"), default=False, help_text=_("Chủ đề hạn chế: phải qua Ban Tuyên giáo rồi tới tổng biên tập."))
    keeper = models.ForeignKey(
        "topics.Contact",
        verbose_name=_("người giữ nội dung"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="kept_items",
        help_text=_("Người hoặc đơn vị bảo đảm nội dung luôn đúng."),
    )
    reviewed_on = models.DateField(_("xem lại gần nhất"), null=True, blank=True)
    review_by = models.DateField(_("phải xem lại trước ngày"), null=True, blank=True, help_text=_("Quá ngày này trang báo “chờ xem lại” cho người đọc."))
    withdrawn_on = models.DateField(
        _("ngày gỡ"), null=True, blank=True, help_text=_("Trang đã gỡ vẫn giữ địa chỉ, nói rõ lý do, và không còn trong danh sách, tìm kiếm.")
    )
    withdrawn_reason = models.CharField(_("lý do gỡ"), max_length=250, blank=True)

    sort_key = models.CharField(max_length=400, editable=False, blank=True, default="", db_index=True)

    objects = ItemManager()

    search_fields = [*BasePage.search_fields, index.FilterField("withdrawn_on"), index.FilterField("is_sample")]

    # Panels in the order an editor thinks; a kind puts its own between them. Topics are chosen several at a time.
    picture_panels = [MultiFieldPanel([FieldPanel("lead_image"), FieldPanel("lead_image_alt")], heading=_("Ảnh chính"))]
    audience_panels = [
        MultipleChooserPanel("product_links", chooser_field_name="product", heading=_("Sản phẩm"), label=_("sản phẩm")),
        MultipleChooserPanel("technique_links", chooser_field_name="technique", heading=_("Kỹ thuật"), label=_("kỹ thuật")),
        MultipleChooserPanel("field_links", chooser_field_name="field", heading=_("Lĩnh vực"), label=_("lĩnh vực")),
        MultipleChooserPanel(
            "locality_links", chooser_field_name="locality", heading=_("Địa bàn"), label=_("địa bàn"), help_text=_("Để trống nếu dành cho cả tỉnh.")
        ),
        MultipleChooserPanel("audience_links", chooser_field_name="audience", heading=_("Nhóm đối tượng"), label=_("đối tượng")),
    ]
    clause_panels = [MultipleChooserPanel("clause_links", chooser_field_name="clause", heading=_("Điều khoản của chương trình"), label=_("điều khoản"))]
    source_panels = [
        MultipleChooserPanel("byline_links", chooser_field_name="byline", heading=_("Tác giả, bút danh"), label=_("tác giả")),
        FieldPanel("source"),
        MultiFieldPanel([FieldPanel("is_sample"), FieldPanel("is_biosafety")], heading=_("Đánh dấu")),
    ]
    care_panels = [
        MultiFieldPanel([FieldPanel("keeper"), FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_by")])], heading=_("Giữ cho đúng")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("withdrawn_on"), FieldPanel("withdrawn_reason")])], heading=_("Gỡ khỏi cổng")),
    ]
    is_creatable = False
    og_type = "article"

    class Meta:
        verbose_name = _("mục nội dung")
        verbose_name_plural = _("mục nội dung")
        indexes = [models.Index(fields=["withdrawn_on"], name="item_withdrawn")]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if bool(self.withdrawn_on) != bool(self.withdrawn_reason):
            errors["withdrawn_reason"] = _("Gỡ bài cần cả ngày và lý do; người đọc sẽ thấy lý do này.")
        if self.lead_image_id and not self.lead_image_alt:
            errors["lead_image_alt"] = _("Ảnh chính cần một câu mô tả cho người không nhìn thấy.")
        if self.reviewed_on and self.review_by and self.review_by < self.reviewed_on:
            errors["review_by"] = _("Ngày phải xem lại đứng sau ngày xem lại gần nhất.")
        if errors:
            raise ValidationError(errors)

    def derived_fields(self) -> dict[str, str]:
        return {**super().derived_fields(), "sort_key": sort_key(self.title[:LONGEST_SORTED])}

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Items are flat under the section of their kind: a guide under /cam-nang/ only."""
        return super().can_create_at(parent) and kind_of(cls._meta.model_name or "").segment == parent.slug

    @property
    def kind_entry(self) -> Kind:
        """The registered kind of this item; works on an ItemPage row without loading the specific page."""
        return kind_of(self.cached_content_type.model)

    @property
    def kind_label(self) -> str:
        """ "Cẩm nang", "Tin, bài": what a list says this is."""
        return str(self.kind_entry.label)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None and self.withdrawn_on <= timezone.localdate()

    @property
    def is_overdue(self) -> bool:
        """Nobody has read it again in time; the page says so."""
        return self.review_by is not None and self.review_by < timezone.localdate()

    @property
    def display_date(self) -> dt.datetime | None:
        """The moment that lists show: first publication."""
        return self.first_published_at

    @cached_property
    def badges(self) -> dict[str, list[Any]]:
        """Topics of this item by taxonomy key, each in order. One query for all five."""
        from topics.queries import badges_of

        return badges_of([self.pk]).get(self.pk, {})

    @cached_property
    def authors(self) -> list[BylineLink]:
        """Bylines in the order given. One query."""
        return list(self.byline_links.select_related("byline"))  # type: ignore[attr-defined]

    @cached_property
    def clauses(self) -> list[Any]:
        """Clauses of issued documents that this item answers to, in their order. One query."""
        links = self.clause_links.select_related("clause__document__locale")  # type: ignore[attr-defined]
        return [link.clause for link in links.order_by("clause__document_id", "clause__position")]

    @cached_property
    def related_items(self) -> list[Any]:
        """Up to four items that share the most topics. One query."""
        from topics.queries import related_to

        return related_to(self)

    @cached_property
    def contacts(self) -> list[Contact]:
        """Whom to call, nearest first: by product and place of the item, then its keeper."""
        from topics.queries import contacts_for

        return contacts_for(self)

    def share_card(self) -> ShareCard:
        note = gettext("Nội dung minh họa") if self.is_sample else ""
        return ShareCard(self.pk, self.title, self.locale.language_code, capfirst(self.kind_label), self.share_tone, note)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_withdrawn:
            return TemplateResponse(request, "410.html", {"page": self, "reason": self.withdrawn_reason, "withdrawn_on": self.withdrawn_on}, status=410)
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [] if self.withdrawn_on else super().get_sitemap_urls(request)

    def schema_type(self) -> str:
        """The schema.org type of this kind."""
        return "Article"

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """One object of the kind's type with dates, authors and subjects."""
        data: dict[str, Any] = {
            "@type": self.schema_type(),
            "headline": self.title[:110],
            "name": self.title,
            "description": self.description,
            "url": self.get_full_url(request),
            "inLanguage": self.locale.language_code,
            "datePublished": self.first_published_at,
            "dateModified": self.last_published_at,
            "author": [{"@type": "Person" if link.byline.kind != "office" else "Organization", "name": link.byline.name} for link in self.authors],
            "about": [topic.label for key in ("product", "technique", "field") for topic in self.badges.get(key, [])],
            "spatialCoverage": [topic.label for topic in self.badges.get("locality", [])],
        }
        return [{key: value for key, value in data.items() if value not in (None, "", [])}]


class TopicLink(models.Model):
    """Ties an item to a value of a taxonomy. Parental to Wagtail's Page: translation carries it along."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.page_id}"  # type: ignore[attr-defined]


class FieldLink(TopicLink):
    """This item belongs to this field."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="field_links")
    field = models.ForeignKey(Field, verbose_name=_("lĩnh vực"), on_delete=models.PROTECT, related_name="links_to_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "field"], name="field_once_per_item")]


class TechniqueLink(TopicLink):
    """This item is about this technique."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="technique_links")
    technique = models.ForeignKey(Technique, verbose_name=_("kỹ thuật"), on_delete=models.PROTECT, related_name="links_to_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "technique"], name="technique_once_per_item")]


class ProductLink(TopicLink):
    """This item is about this product."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="product_links")
    product = models.ForeignKey(Product, verbose_name=_("sản phẩm"), on_delete=models.PROTECT, related_name="links_to_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "product"], name="product_once_per_item")]


class LocalityLink(TopicLink):
    """This item is for this place; an item without a place is for the whole province."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="locality_links")
    locality = models.ForeignKey(Locality, verbose_name=_("địa bàn"), on_delete=models.PROTECT, related_name="links_to_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "locality"], name="locality_once_per_item")]


class AudienceLink(TopicLink):
    """This item is for these people."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="audience_links")
    audience = models.ForeignKey(Audience, verbose_name=_("nhóm đối tượng"), on_delete=models.PROTECT, related_name="links_to_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "audience"], name="audience_once_per_item")]


class BylineRole(models.TextChoices):
    """What a person did for the item."""

    AUTHOR = "author", _("tác giả")
    PHOTOGRAPHER = "photographer", _("ảnh")


class BylineLink(Orderable):
    """A name under an item; the order is kept."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="byline_links")
    byline = models.ForeignKey(Byline, verbose_name=_("tác giả, bút danh"), on_delete=models.PROTECT, related_name="links_to_items")
    role = models.CharField(_("vai trò"), max_length=20, choices=BylineRole, default=BylineRole.AUTHOR)

    panels = [FieldRowPanel([FieldPanel("byline"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "byline", "role"], name="byline_once_per_role")]

    def __str__(self) -> str:
        return str(self.byline)
