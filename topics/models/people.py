"""Who writes, and whom to call."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from core.vietnamese import fold, normalise, slugify, sort_key

PHONE = RegexValidator(r"^[0-9+(). -]{3,30}$", _("Số điện thoại chỉ gồm chữ số, dấu cách và các dấu + ( ) . -"))


class Named(models.Model):
    """A named row in Vietnamese order that is found without accents."""

    slug = models.SlugField(_("mã"), max_length=80, unique=True)
    name = models.CharField(_("tên"), max_length=120)
    is_sample = models.BooleanField(_("nội dung minh họa"), default=False)
    sort_key = models.CharField(max_length=400, editable=False)
    folded = models.CharField(max_length=500, editable=False)

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = normalise(self.name)
        if not self.slug:
            self.slug = slugify(self.name)

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.name)
        self.folded = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class BylineKind(models.TextChoices):
    """Whose name stands under an item."""

    PERSON = "person", _("họ tên")
    PEN_NAME = "pen_name", _("bút danh")
    OFFICE = "office", _("đơn vị")


class Byline(Named):
    """A name under an item: a person, a pen name or an office. Royalties are paid by it."""

    kind = models.CharField(_("loại"), max_length=10, choices=BylineKind, default=BylineKind.PERSON)

    panels = [FieldPanel("name"), FieldPanel("kind"), FieldPanel("slug"), FieldPanel("is_sample")]

    class Meta(Named.Meta):
        verbose_name = _("tác giả, bút danh")
        verbose_name_plural = _("tác giả, bút danh")


class Contact(Named):
    """Whom to call about a product in a place; also the keeper who answers for an item."""

    job = models.CharField(_("chức vụ"), max_length=120, blank=True)
    organisation = models.CharField(_("cơ quan, đơn vị"), max_length=160, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True, validators=[PHONE])
    email = models.EmailField(_("thư điện tử"), blank=True)
    hours = models.CharField(_("giờ tiếp"), max_length=120, blank=True)
    localities = models.ManyToManyField(
        "topics.Locality", verbose_name=_("phụ trách địa bàn"), blank=True, related_name="contacts", help_text=_("Để trống nếu phụ trách cả tỉnh.")
    )
    products = models.ManyToManyField("topics.Product", verbose_name=_("phụ trách sản phẩm"), blank=True, related_name="contacts")

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldRowPanel([FieldPanel("job"), FieldPanel("organisation")])], heading=_("Ai")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]), FieldPanel("hours")], heading=_("Gọi thế nào")),
        MultiFieldPanel([FieldPanel("localities"), FieldPanel("products")], heading=_("Phụ trách")),
        FieldPanel("slug"),
        FieldPanel("is_sample"),
    ]

    class Meta(Named.Meta):
        verbose_name = _("đầu mối liên hệ")
        verbose_name_plural = _("đầu mối liên hệ")

    @property
    def phone_href(self) -> str:
        """The number as a `tel:` link wants it; empty for the zeros of a sample, which nobody has."""
        digits = "".join(character for character in self.phone if character.isdigit() or character == "+")
        return "" if not digits.strip("0+") else f"tel:{digits}"
