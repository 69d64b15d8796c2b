"""RSS and Atom of any set of items: the whole site, a section, a taxonomy value."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.translations import in_language

from .models.items import ItemPage, ItemQuerySet
from .queries import items_about
from .views import topic_or_404

FEED_SIZE = 30
# What XML 1.0 cannot carry, and what pasting from a word processor leaves behind.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class ItemFeed(Feed):
    """The newest public items of a queryset. Constant queries: the items, and their languages' roots.

    Every address is the site's own (SITE_URL), whatever host was asked: readers keep it.
    """

    def __init__(self, title: str, link: str, description: str, items: QuerySet[Any], *, address: str, is_atom: bool) -> None:
        self.title, self.description = _CONTROL.sub("", title), _CONTROL.sub("", description)
        self.link, self.feed_url = f"{settings.SITE_URL}{link}", f"{settings.SITE_URL}{address}"
        self.subtitle = self.description
        self.language = get_language()
        self.feed_type = Atom1Feed if is_atom else Rss201rev2Feed
        self._items = items

    def items(self) -> list[ItemPage]:
        items: Any = self._items
        return list(items.for_list()[:FEED_SIZE])

    def item_title(self, item: ItemPage) -> str:
        return _CONTROL.sub("", item.title)

    def item_description(self, item: ItemPage) -> str:
        return _CONTROL.sub("", item.summary)

    def item_link(self, item: ItemPage) -> str:
        return f"{settings.SITE_URL}{item.get_url() or '/'}"

    def item_guid(self, item: ItemPage) -> str:
        return self.item_link(item)

    def item_pubdate(self, item: ItemPage) -> dt.datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: ItemPage) -> dt.datetime | None:
        return item.last_published_at

    def item_categories(self, item: ItemPage) -> list[str]:
        return [item.kind_label]


def feed_response(request: HttpRequest, title: str, link: str, description: str, items: ItemQuerySet, *, is_atom: bool) -> HttpResponse:
    """One feed as a response."""
    return ItemFeed(title, link, description, items, address=request.path, is_atom=is_atom)(request)


def topic_feed(request: HttpRequest, segment: str, slug: str, form: str) -> HttpResponse:
    """`/san-pham/hoi/rss/`."""
    topic = topic_or_404(segment, slug)
    items = items_about(topic, get_language() or "vi")
    return feed_response(request, topic.label, topic.get_absolute_url(), topic.description, items, is_atom=form == "atom")


def site_feed(request: HttpRequest, form: str) -> HttpResponse:
    """`/rss/`: every public item of the language."""
    language = get_language() or settings.LANGUAGE_CODE
    items: Any = ItemPage.objects.public().in_language(language)
    return feed_response(request, _("Công nghệ sinh học Lạng Sơn"), in_language("/", language), "", items, is_atom=form == "atom")
