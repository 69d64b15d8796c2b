"""A section: the page that lists its items with facets and has their feeds."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from core.blocks import LINE_FEATURES
from core.models import BasePage

from .items import ItemPage, ItemQuerySet


class ItemSection(RoutablePageMixin, BasePage):
    """Abstract: a page under the home page whose children are items. `summary` says in one sentence what is here."""

    intro = RichTextField(_("lời dẫn"), blank=True, features=LINE_FEATURES, help_text=_("Hiện dưới tên mục; một, hai câu."))

    content_panels = [*BasePage.what_panels, FieldPanel("intro")]
    # First segments are the same in every language (product.md §8).
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        abstract = True

    def public_items(self) -> ItemQuerySet:
        """Public items of this section, newest first."""
        return ItemPage.objects.public().child_of(self).for_list()

    def list_extra(self, request: HttpRequest, items: ItemQuerySet) -> tuple[ItemQuerySet, list[Any]]:
        """Filters of this section beside topics: the narrowed items and their facets."""
        return items, []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from topics.listing import list_items

        context = super().get_context(request, *args, **kwargs)
        items, facets = self.list_extra(request, self.public_items())
        context["listing"] = list_items(items, request.GET, extra=facets)
        context |= self.feed_context(request)
        return context

    def feed_context(self, request: HttpRequest) -> dict[str, Any]:
        """The section's feeds; a filtered list is not for search engines."""
        url = self.get_url(request)
        feeds = [{"title": f"{self.title} (RSS)", "url": f"{url}rss/"}, {"title": f"{self.title} (Atom)", "url": f"{url}atom/"}]
        return {"feeds": feeds, "is_hidden_from_search": bool(request.GET)}

    @path("rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        """The section's newest items as RSS."""
        return self._feed(request, is_atom=False)

    @path("atom/", name="atom")
    def atom(self, request: HttpRequest) -> HttpResponse:
        """The section's newest items as Atom."""
        return self._feed(request, is_atom=True)

    def _feed(self, request: HttpRequest, *, is_atom: bool) -> HttpResponse:
        from topics.feeds import feed_response

        return feed_response(request, self.title, self.get_url(request) or "/", self.summary, self.public_items(), is_atom=is_atom)

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [{**super().structured_data(request)[0], "@type": "CollectionPage"}]
