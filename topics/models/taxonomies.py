"""Taxonomies: one row a value for all languages, its names in a child table, its order stored."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from core.vietnamese import fold, normalise, slugify, sort_key


class NameKind(models.TextChoices):
    """What a further name of a value is."""

    NAME = "name", _("tên chính")
    OTHER = "other", _("tên khác")
    ETHNIC = "ethnic", _("tên tiếng dân tộc")


class TopicQuerySet(models.QuerySet["Topic"]):
    """Questions that are asked of every taxonomy."""

    def in_order(self) -> Self:
        """Vietnamese dictionary order."""
        return self.order_by("sort_key", "pk")

    def matching(self, text: str) -> Self:
        """Values with a name, in any language, that contains every word of the text; accents do not matter."""
        found = self
        for word in fold(text).split():
            found = found.filter(folded__contains=word)
        return found


class Topic(ClusterableModel):
    """A value of a taxonomy. `labels` and `folded` are derived from the names at every save."""

    # First segment of the public address, also the query parameter of product.md §7.
    segment: ClassVar[str]
    # Related name of the child rows that tie items to values, and the foreign key in them.
    links: ClassVar[str]
    key: ClassVar[str]

    slug = models.SlugField(_("đường dẫn"), max_length=80, unique=True)
    name = models.CharField(_("tên tiếng Việt"), max_length=120)
    description = models.TextField(_("mô tả"), max_length=500, blank=True, help_text=_("Một, hai câu, hiện ở đầu trang của mục này."))
    labels = models.JSONField(editable=False, default=dict)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    folded = models.TextField(editable=False, blank=True)

    objects = TopicQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")], heading=_("Tên và mô tả")),
        InlinePanel("names", heading=_("Tên khác và tên trong ngôn ngữ khác"), label=_("tên")),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = normalise(self.name)
        if not self.slug:
            self.slug = slugify(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)
        names = list(self.names.all())  # type: ignore[attr-defined]
        self.labels = {settings.LANGUAGE_CODE: self.name} | {row.language: row.name for row in names if row.kind == NameKind.NAME}
        self.folded = fold(" ; ".join([self.name, *self.folded_parts(), *(row.name for row in names)]))
        super().save(*args, **kwargs)

    def folded_parts(self) -> list[str]:
        """Further texts by which people look for this value."""
        return []

    @property
    def label(self) -> str:
        """The name in the language of the page, Vietnamese where there is none."""
        return self.label_in(get_language() or settings.LANGUAGE_CODE)

    def label_in(self, language: str) -> str:
        """The name in one language, Vietnamese where there is none. No query."""
        return self.labels.get(language, self.name)

    def get_absolute_url(self) -> str:
        """The value's public page in the language of the request."""
        return topic_url(self.segment, self.slug)


def topic_url(segment: str, slug: str, language: str | None = None) -> str:
    """`/san-pham/hoi/`, or `/en/san-pham/hoi/` in English: first segments are the same in every language."""
    language = language or get_language() or settings.LANGUAGE_CODE
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{prefix}/{segment}/{slug}/"


class TreeTopic(Topic):
    """A value that may lie under another of its kind; a parent's page and filter include its children."""

    parent = models.ForeignKey("self", verbose_name=_("thuộc"), null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    panels = [Topic.panels[0], FieldPanel("parent"), *Topic.panels[1:]]

    class Meta(Topic.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if (self.parent_id and self.parent_id == self.pk) or (self.parent and self.parent.parent_id):
            raise ValidationError({"parent": _("Chỉ có hai cấp: chọn một mục không nằm dưới mục khác.")})


class TopicName(models.Model):
    """A further name of a value, in one language."""

    language = models.CharField(
        _("ngôn ngữ"), max_length=20, default=settings.LANGUAGE_CODE, help_text=_("Mã ngôn ngữ: vi, en, tày = tyz, nùng = nut, dao = ium.")
    )
    name = models.CharField(_("tên"), max_length=120)
    kind = models.CharField(_("loại tên"), max_length=10, choices=NameKind, default=NameKind.OTHER)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Field(TreeTopic):
    """A field of work that the programme names (II.2.1)."""

    segment, links, key = "linh-vuc", "field_links", "field"
    is_restricted = models.BooleanField(_("chủ đề hạn chế"), default=False, help_text=_("Bài thuộc lĩnh vực này qua Ban Tuyên giáo rồi tới tổng biên tập."))

    panels = [*TreeTopic.panels, FieldPanel("is_restricted")]

    class Meta:
        verbose_name = _("lĩnh vực")
        verbose_name_plural = _("lĩnh vực")


class Technique(TreeTopic):
    """A technique or technology."""

    segment, links, key = "ky-thuat", "technique_links", "technique"

    class Meta:
        verbose_name = _("kỹ thuật, công nghệ")
        verbose_name_plural = _("kỹ thuật, công nghệ")


class Product(TreeTopic):
    """What is grown, raised or made; groups are parents."""

    segment, links, key = "san-pham", "product_links", "product"
    scientific_name = models.CharField(_("tên khoa học"), max_length=120, blank=True)
    is_uncertain = models.BooleanField(_("chưa rõ"), default=False, help_text=_("Tên trong văn bản chưa rõ chỉ loài nào; không có tên khoa học."))

    panels = [
        TreeTopic.panels[0],
        FieldPanel("parent"),
        MultiFieldPanel([FieldPanel("scientific_name"), FieldPanel("is_uncertain")], heading=_("Loài")),
        *Topic.panels[1:],
    ]

    class Meta:
        verbose_name = _("sản phẩm, đối tượng nuôi trồng")
        verbose_name_plural = _("sản phẩm, đối tượng nuôi trồng")

    def clean(self) -> None:
        super().clean()
        if self.is_uncertain and self.scientific_name:
            raise ValidationError({"scientific_name": _("Loài chưa rõ thì để trống tên khoa học.")})

    def folded_parts(self) -> list[str]:
        return [self.scientific_name]


class Audience(TreeTopic):
    """For whom an item is."""

    segment, links, key = "doi-tuong", "audience_links", "audience"

    class Meta:
        verbose_name = _("nhóm đối tượng")
        verbose_name_plural = _("nhóm đối tượng")


class FieldName(TopicName):
    """A name of a field."""

    topic = ParentalKey(Field, on_delete=models.CASCADE, related_name="names")


class TechniqueName(TopicName):
    """A name of a technique."""

    topic = ParentalKey(Technique, on_delete=models.CASCADE, related_name="names")


class ProductName(TopicName):
    """A name of a product."""

    topic = ParentalKey(Product, on_delete=models.CASCADE, related_name="names")


class AudienceName(TopicName):
    """A name of an audience."""

    topic = ParentalKey(Audience, on_delete=models.CASCADE, related_name="names")
