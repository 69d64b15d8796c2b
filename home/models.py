"""Home page, sections, plain pages, and the settings of the site."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks import LINE_FEATURES
from core.models import BasePage
from core.strips import strips_for
from topics.blocks import ItemBodyBlock
from topics.models import ItemSection
from topics.models.people import PHONE


class HomeManager(PageManager):
    """Home pages come with their language, which every strip asks for."""

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("locale")


class HomePage(BasePage):
    """`/`: what a person can do now, then what is new. Rooms bring their strips (home.strips)."""

    lead = RichTextField(_("lời dẫn"), blank=True, features=LINE_FEATURES)

    objects = HomeManager()

    content_panels = [*BasePage.what_panels, FieldPanel("lead"), InlinePanel("doors", heading=_("Bốn cửa vào"), label=_("cửa"), max_num=8)]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("trang chủ")
        verbose_name_plural = _("trang chủ")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["strips"] = strips_for(self, request)
        context["doors"] = self._doors(request)
        return context

    def _doors(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Doors whose page is live in this language, as {title, text, url}, in the editor's order. One query."""
        doors = HomeDoor.objects.filter(page=self.pk, target__translation_key=OuterRef("translation_key")).order_by("sort_order")
        pages = (
            Page.objects.live()
            .filter(locale=self.locale_id)
            .annotate(
                door_title=Subquery(doors.values("title")[:1]),
                door_text=Subquery(doors.values("text")[:1]),
                door_order=Subquery(doors.values("sort_order")[:1]),
            )
        )
        shown = pages.exclude(door_title=None).select_related("locale").order_by("door_order")
        return [{"title": page.door_title, "text": page.door_text, "url": page.get_url(request)} for page in shown]

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        search = f"{self.get_full_url(request)}tim-kiem/?q={{q}}"
        return [
            {
                "@type": "WebSite",
                "name": self.title,
                "description": self.description,
                "url": self.get_full_url(request),
                "inLanguage": self.locale.language_code,
                "potentialAction": {"@type": "SearchAction", "target": search, "query-input": "required name=q"},
            }
        ]


class HomeDoor(TranslatableMixin, Orderable):
    """A way in, with one line on what is behind it."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="doors")
    target = models.ForeignKey("wagtailcore.Page", verbose_name=_("trang"), on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("tên"), max_length=80)
    text = models.CharField(_("bên trong có gì"), max_length=160, blank=True)

    panels = [FieldPanel("target"), FieldPanel("title"), FieldPanel("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("cửa vào")
        verbose_name_plural = _("cửa vào")

    def __str__(self) -> str:
        return self.title


class SectionPage(ItemSection):
    """`/tin-tuc/`, `/cam-nang/` …: lists the items of one kind."""

    parent_page_types = ["home.HomePage"]
    template = "home/section_page.html"

    class Meta:
        verbose_name = _("trang mục")
        verbose_name_plural = _("trang mục")


class PlainPage(BasePage):
    """`/gioi-thieu/`, `/lien-he/` …: text that stays."""

    body = StreamField(ItemBodyBlock(), verbose_name=_("nội dung"), blank=True)
    is_sample = models.BooleanField(_("nội dung minh họa"), default=False)

    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    content_panels = [*BasePage.what_panels, FieldPanel("body"), FieldPanel("is_sample")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/plain_page.html"
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        verbose_name = _("trang thường")
        verbose_name_plural = _("trang thường")


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """Imprint and navigation. Every online newspaper must show the imprint (Luật Báo chí)."""

    owner = models.CharField(_("cơ quan chủ quản"), max_length=200, blank=True)
    publisher = models.CharField(_("cơ quan thực hiện"), max_length=200, blank=True)
    licence = models.CharField(_("giấy phép"), max_length=200, blank=True)
    responsible = models.CharField(_("người chịu trách nhiệm nội dung"), max_length=160, blank=True)
    hotline = models.CharField(_("đường dây nóng"), max_length=30, blank=True, validators=[PHONE])
    email = models.EmailField(_("thư điện tử"), blank=True)
    address = models.CharField(_("địa chỉ"), max_length=250, blank=True)
    is_sample = models.BooleanField(_("nội dung minh họa"), default=False)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("owner"),
                FieldPanel("publisher"),
                FieldPanel("licence"),
                FieldPanel("responsible"),
                FieldRowPanel([FieldPanel("hotline"), FieldPanel("email")]),
                FieldPanel("address"),
                FieldPanel("is_sample"),
            ],
            heading=_("Chân trang"),
        ),
        InlinePanel("nav_links", heading=_("Thanh mục"), label=_("mục"), help_text=_("Trang được dịch tự hiện bằng ngôn ngữ của người đọc.")),
    ]

    class Meta:
        verbose_name = _("Chân trang và thanh mục")


class NavLink(Orderable):
    """One entry of the navigation."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="nav_links")
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("trang"), on_delete=models.CASCADE, related_name="+")
    place = models.CharField(_("ở đâu"), max_length=10, choices=[("top", _("thanh mục")), ("footer", _("chân trang"))], default="top")

    panels = [FieldRowPanel([FieldPanel("page"), FieldPanel("place")])]

    def __str__(self) -> str:
        return str(self.page_id)
