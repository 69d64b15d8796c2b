"""Which rows came from content files, so that loading again never undoes an editor's work."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedContent(models.Model):
    """One item loaded from one file: what the file said, and what the row was right after."""

    key = models.CharField(_("tệp nguồn"), max_length=200, unique=True, help_text=_("Đường dẫn trong kho mã, ví dụ news/data/articles/ten-bai.md."))
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=60)
    file_hash = models.CharField(max_length=64)
    row_hash = models.CharField(max_length=64, help_text=_("Dấu của bản ghi ngay sau khi nạp; khác đi nghĩa là đã có người sửa."))
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("nội dung nạp từ tệp")
        verbose_name_plural = _("nội dung nạp từ tệp")

    def __str__(self) -> str:
        return self.key


class LoadDay(models.Model):
    """The day of the first load: dates of sample content count from it."""

    day = models.DateField()

    class Meta:
        verbose_name = _("ngày nạp đầu tiên")
        verbose_name_plural = _("ngày nạp đầu tiên")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
