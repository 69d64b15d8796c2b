"""News: what the newsroom reports."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from topics.blocks import ItemBodyBlock
from topics.models import ItemPage


class ArticleKind(models.TextChoices):
    """Kinds of article as the newsroom and the royalties sheet name them."""

    BRIEF = "tin", _("tin")
    STORY = "bai", _("bài")
    REPORTAGE = "phong-su", _("phóng sự")
    INTERVIEW = "phong-van", _("phỏng vấn")
    PICTURES = "chum-anh", _("chùm ảnh")
    VIDEO = "video", _("video")
    RELEASE = "thong-cao", _("thông cáo")


class ArticlePage(ItemPage):
    """Tin, bài: one report."""

    kind = models.CharField(_("thể loại"), max_length=20, choices=ArticleKind, default=ArticleKind.BRIEF)
    event_on = models.DateField(_("ngày xảy ra"), null=True, blank=True, help_text=_("Ngày của sự việc; dùng để tính từ sự việc đến lúc đăng bao nhiêu ngày."))
    body = StreamField(ItemBodyBlock(), verbose_name=_("nội dung"), blank=True)

    search_fields = [*ItemPage.search_fields, index.SearchField("body"), index.FilterField("kind")]
    content_panels = [
        *ItemPage.what_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("event_on")]),
        *ItemPage.picture_panels,
        FieldPanel("body"),
        *ItemPage.audience_panels,
        *ItemPage.clause_panels,
        *ItemPage.source_panels,
        *ItemPage.care_panels,
    ]
    promote_panels = ItemPage.share_panels
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    template = "news/article_page.html"

    class Meta:
        verbose_name = _("tin, bài")
        verbose_name_plural = _("tin, bài")

    def clean(self) -> None:
        super().clean()
        if self.event_on and self.event_on > timezone.localdate():
            raise ValidationError({"event_on": _("Ngày xảy ra không thể ở tương lai. Việc sắp tới thì đăng ở mục Sự kiện.")})

    def schema_type(self) -> str:
        return "NewsArticle"

    @property
    def reading_minutes(self) -> int:
        """Minutes at 200 words a minute, at least one."""
        words = len(str(self.body.raw_data).split())
        return max(1, round(words / 200))
