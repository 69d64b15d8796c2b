"""Pictures, documents, recordings: our own models from the first migration, so that fields can be added later."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.images.utils import to_svg_safe_spec
from wagtailmedia.models import AbstractMedia

from core.drawings import DrawingError, check_drawing


class PortalImage(AbstractImage):
    """A picture with its credit. What it shows (alt text) is said where it is used.

    An SVG drawing is never turned into pixels, and is stored only when it can do nothing but be looked at.
    """

    credit = models.CharField(_("nguồn ảnh"), max_length=160, blank=True, help_text=_("Người chụp, người vẽ hoặc nơi cung cấp."))
    is_sample = models.BooleanField(_("nội dung minh họa"), default=False)

    admin_form_fields = (*Image.admin_form_fields, "credit", "is_sample")

    class Meta(AbstractImage.Meta):
        verbose_name = _("hình ảnh")
        verbose_name_plural = _("hình ảnh")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A new file is not in the storage yet: from whatever side it comes, it is looked at before.
        if self.file and not self.file._committed and self.is_svg():
            self.file.seek(0)
            try:
                check_drawing(self.file.read())
            except DrawingError as error:
                raise ValidationError({"file": str(error)}) from error
            finally:
                self.file.seek(0)
        super().save(*args, **kwargs)

    def clean_filter_for_svg(self, filter: Filter) -> Filter:
        """What would make pixels of a drawing is left out of any filter, whoever asks."""
        filter = super().clean_filter_for_svg(filter)
        return Filter(spec=to_svg_safe_spec(filter.spec)) if self.is_svg() else filter


class PortalRendition(AbstractRendition):
    """One size and format of a picture; can be made again at any time."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("bản thu nhỏ")
        verbose_name_plural = _("bản thu nhỏ")
        constraints = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_spec")]


class PortalDocument(AbstractDocument):
    """A file that people download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("tệp tài liệu")
        verbose_name_plural = _("tệp tài liệu")
        permissions = [("choose_document", "Can choose document")]


class PortalMedia(AbstractMedia):
    """A video or a sound recording with its words, for those who cannot hear or have no sound."""

    transcript = models.TextField(_("lời thoại"), blank=True)

    admin_form_fields = ("title", "file", "collection", "duration", "width", "height", "thumbnail", "transcript", "tags")

    class Meta:
        verbose_name = _("video, âm thanh")
        verbose_name_plural = _("video, âm thanh")
