"""The glossary as a feed: its newest terms."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from topics.feeds import FEED_SIZE, ItemFeed


class TermFeed(ItemFeed):
    """Terms, the newest first. They carry no day of publication: a term is true or it is mended. One query."""

    def items(self) -> list[Any]:
        return list(self._items.select_related("locale").order_by("-pk")[:FEED_SIZE])

    def item_title(self, item: Any) -> str:
        return item.name

    def item_description(self, item: Any) -> str:
        return strip_tags(item.definition)

    def item_link(self, item: Any) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_pubdate(self, item: Any) -> None:
        return None

    def item_updateddate(self, item: Any) -> None:
        return None

    def item_categories(self, item: Any) -> list[str]:
        return []
