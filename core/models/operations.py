"""How the running parts of the site tell that they are alive."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerHeartbeat(models.Model):
    """The last sign of life of one supervised process."""

    name = models.CharField(_("tiến trình"), max_length=60, unique=True)
    beaten_at = models.DateTimeField(_("lần cuối còn chạy"))
    detail = models.CharField(_("chi tiết"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("nhịp tiến trình")
        verbose_name_plural = _("nhịp tiến trình")

    def __str__(self) -> str:
        return self.name
