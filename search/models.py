"""What search keeps in the database: changes that the engines have yet to take over, indexes in the making, words that editors give it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.vietnamese import fold, normalise, sort_key


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


class SynonymKind(models.TextChoices):
    """Why words of a group mean the same."""

    REGIONAL = "regional", _("từ địa phương")
    ABBREVIATION = "abbreviation", _("chữ viết tắt")
    PRODUCT = "product", _("cây, con, sản phẩm")
    TECHNIQUE = "technique", _("kỹ thuật, cách làm")
    PLACE = "place", _("tên nơi")
    PEOPLE = "people", _("người, tổ chức, chính sách")
    OTHER = "other", _("khác")


class SynonymGroup(models.Model):
    """Words that mean the same to a reader: whoever types one finds pages with the others, within a minute of saving."""

    words = models.TextField(_("các từ cùng nghĩa"), help_text=_("Mỗi dòng một từ hoặc cụm từ. Gõ từ nào cũng ra bài viết bằng các từ kia."))
    kind = models.CharField(_("loại"), max_length=20, choices=SynonymKind, default=SynonymKind.OTHER)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)
    sort_key = models.CharField(max_length=400, editable=False, default="", blank=True)
    folded = models.TextField(editable=False, default="", blank=True)

    class Meta:
        verbose_name = _("nhóm từ đồng nghĩa")
        verbose_name_plural = _("từ đồng nghĩa")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.phrases)

    @property
    def phrases(self) -> list[str]:
        """The words, each once, in the order given."""
        return list(dict.fromkeys(filter(None, (" ".join(normalise(line).split()) for line in self.words.splitlines()))))

    def clean(self) -> None:
        super().clean()
        self.words = "\n".join(self.phrases)
        if len(self.phrases) < 2:
            raise ValidationError({"words": _("Một nhóm cần ít nhất hai từ, mỗi từ một dòng.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.phrases[0]) if self.phrases else ""
        self.folded = fold(" ; ".join(self.phrases))
        super().save(*args, **kwargs)


class NeverSuggest(models.Model):
    """Words that never stand in a suggestion, whatever people type or titles say."""

    words = models.CharField(_("từ không gợi ý"), max_length=200, unique=True, help_text=_("Gợi ý nào có từ này, có dấu hay không dấu, sẽ không hiện."))
    note = models.CharField(_("vì sao"), max_length=200, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    sort_key = models.CharField(max_length=400, editable=False, default="", blank=True)
    folded = models.CharField(max_length=200, editable=False, default="", blank=True)

    class Meta:
        verbose_name = _("từ không gợi ý")
        verbose_name_plural = _("từ không gợi ý")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        self.words = " ".join(normalise(self.words).split())

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.folded = sort_key(self.words), fold(self.words)
        super().save(*args, **kwargs)
