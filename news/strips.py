"""What the room puts on the home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.defaultfilters import capfirst
from wagtail.images.shortcuts import get_rendition_or_not_found

from core.models import BasePage
from topics.queries import with_places

from .models import ArticlePage

# The lead item and the tight list beside it.
SHOWN = 6
PICTURE = "width-960|format-webp"


def latest(home_page: BasePage, request: HttpRequest) -> dict[str, Any] | None:
    """The newest articles in the language of the home page; None when there is none yet. Two queries, one more for the lead's picture.

    {"lead": article, "articles": [article …], "url": "/tin-tuc/"}; articles as lead_item and item_card take them.
    """
    newest = ArticlePage.objects.public().filter(locale=home_page.locale_id).for_list()[:SHOWN]
    articles = with_places(list(newest))
    if not articles:
        return None
    lead = _card(articles[0]) | {"image": _picture(articles[0]), "image_alt": articles[0].lead_image_alt}
    return {"lead": lead, "articles": [_card(article) for article in articles[1:]], "url": f"{home_page.get_url(request)}tin-tuc/"}


def _card(article: ArticlePage) -> dict[str, Any]:
    """An article for the home page: here its genre says more than "Tin, bài"."""
    return {
        "url": article.url,
        "title": article.title,
        "summary": article.summary,
        "kind_label": capfirst(article.get_kind_display()),
        "display_date": article.display_date,
        "places": article.places,
        "is_sample": article.is_sample,
    }


def _picture(article: ArticlePage) -> Any:
    """The lead's picture as a rendition, a stand-in where its file is gone, None where it has none."""
    return get_rendition_or_not_found(article.lead_image, PICTURE) if article.lead_image else None
