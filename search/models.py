"""What search keeps in the database: changes that the engines have yet to take over, and indexes in the making."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexChange(models.Model):
    """One object whose document has to follow it. Written in the transaction that changes the object.

    Whoever holds the engine's lock takes rows in batches, brings the documents to what the database says, then removes the
    rows: after a crash between the two the rows come again, which changes nothing.
    """

    engine = models.CharField(max_length=60)
    index = models.CharField(max_length=120)
    model = models.CharField(max_length=120, help_text="app_label.model_name")
    key = models.CharField(max_length=120)
    is_removal = models.BooleanField(default=False)
    # Already in the index in use, kept for the one that is being built beside it.
    is_kept = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("thay đổi chờ đưa vào chỉ mục")
        verbose_name_plural = _("thay đổi chờ đưa vào chỉ mục")
        indexes = [models.Index(fields=["engine", "is_kept", "id"], name="index_change_waiting")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"


class IndexBuild(models.Model):
    """An index that is being built. Without a sign of life for two minutes it is forgotten."""

    engine = models.CharField(max_length=60)
    index = models.CharField(max_length=120)
    token = models.CharField(max_length=40)
    beaten_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lần dựng lại chỉ mục")
        verbose_name_plural = _("lần dựng lại chỉ mục")
        constraints = [models.UniqueConstraint(fields=["engine", "index"], name="one_build_per_index")]

    def __str__(self) -> str:
        return self.index
