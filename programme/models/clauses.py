"""Clauses: plain rows of a document, outside its revisions, because issued text never changes."""

from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from core.vietnamese import fold

ISSUED = ("document_id", "address", "section", "section_heading", "item", "item_heading", "subitem", "subitem_heading", "paragraph", "text")


class ClauseQuerySet(models.QuerySet["Clause"]):
    """Questions asked of clauses."""

    def in_order(self) -> Self:
        """As in the document."""
        return self.order_by("document_id", "position")


class Clause(models.Model):
    """One paragraph of a document as issued, with a stable address: `iii-1-d4` (product.md §8).

    An editor can put a corrected text and a note beside it; the words as issued are never changed.
    """

    document = models.ForeignKey("programme.DocumentPage", verbose_name=_("văn bản"), on_delete=models.CASCADE, related_name="clauses")
    address = models.SlugField(_("địa chỉ"), max_length=40)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    section = models.CharField(_("mục lớn"), max_length=10, blank=True)
    section_heading = models.CharField(_("tên mục lớn"), max_length=500, blank=True)
    item = models.CharField(_("mục"), max_length=10, blank=True)
    item_heading = models.CharField(_("tên mục"), max_length=500, blank=True)
    subitem = models.CharField(_("mục nhỏ"), max_length=10, blank=True)
    subitem_heading = models.CharField(_("tên mục nhỏ"), max_length=500, blank=True)
    paragraph = models.PositiveSmallIntegerField(_("đoạn"), default=1)
    text = models.TextField(_("nguyên văn"))
    doubts = models.JSONField(_("chỗ ngờ"), default=list, blank=True, help_text=_("Chỗ máy đọc thấy lạ khi nhập, để biên tập viên xem."))
    corrected_text = models.TextField(_("văn bản đã chỉnh"), blank=True, help_text=_("Hiện bên cạnh nguyên văn, không thay nguyên văn."))
    note = models.TextField(_("ghi chú của biên tập"), max_length=1000, blank=True)
    folded = models.TextField(editable=False, blank=True)

    objects = ClauseQuerySet.as_manager()

    panels = [FieldPanel("address", read_only=True), FieldPanel("text", read_only=True), FieldPanel("corrected_text"), FieldPanel("note")]

    class Meta:
        verbose_name = _("điều khoản")
        verbose_name_plural = _("điều khoản")
        ordering = ["document_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "address"], name="clause_address_once"),
            models.UniqueConstraint(fields=["document", "position"], name="clause_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.text[:80]}"

    def clean(self) -> None:
        if self.pk:
            issued = Clause.objects.filter(pk=self.pk).values(*ISSUED).first()
            if issued and any(issued[name] != getattr(self, name) for name in ISSUED):
                raise ValidationError(_("Nguyên văn đã ban hành không sửa. Hãy ghi vào “văn bản đã chỉnh” và “ghi chú”."))

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = self.folded_words()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def folded_words(self) -> str:
        """What the simple search looks in."""
        return fold(" ".join([self.section_heading, self.item_heading, self.subitem_heading, self.text]))

    @property
    def label(self) -> str:
        """ "III.1, đoạn 4" or "Mở đầu": how people quote it."""
        if not self.section:
            return str(_("Mở đầu"))
        place = ".".join(part for part in (self.section, self.item) if part) if not self.subitem else f"{self.section}.{self.subitem}"
        return str(_("%(place)s, đoạn %(number)s") % {"place": place, "number": self.paragraph})

    def get_absolute_url(self) -> str:
        """`/van-ban/88-ctr-tu/iii-1-d4/` under the document's own address."""
        return f"{self.document.get_url()}{self.address}/"


class ClauseLink(models.Model):
    """An item answers to a clause. Parental to Wagtail's Page: translation carries it along."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="clause_links")
    clause = models.ForeignKey(Clause, verbose_name=_("điều khoản"), on_delete=models.PROTECT, related_name="links_to_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "clause"], name="clause_once_per_item")]

    def __str__(self) -> str:
        return str(self.clause)
