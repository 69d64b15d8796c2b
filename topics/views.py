"""A taxonomy value's public page: everything about it, in one language."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.translations import other_languages

from .listing import list_items
from .models.places import Locality
from .models.taxonomies import Topic
from .queries import TAXONOMIES, items_about

MODELS = {model.segment: model for model in TAXONOMIES}


def topic_or_404(segment: str, slug: str) -> Topic:
    """The value at an address. Raises Http404 with a message for the reader."""
    topic = MODELS[segment]._default_manager.filter(slug=slug).first()
    if topic is None:
        raise Http404(_("Không có mục này."))
    return topic


def topic_page(request: HttpRequest, segment: str, slug: str) -> HttpResponse:
    """`/san-pham/hoi/`: the value, its names, and every public item about it, with the other facets."""
    topic = topic_or_404(segment, slug)
    language = get_language() or "vi"
    context = {
        "topic": topic,
        "kind_label": topic._meta.verbose_name,
        "other_names": list(topic.names.all()),  # type: ignore[attr-defined]
        "former_places": list(topic.former_parts.select_related("former").order_by("former__sort_key")) if isinstance(topic, Locality) else [],
        "children": list(topic.children.in_order()) if hasattr(topic, "children") else [],  # type: ignore[attr-defined]
        "listing": list_items(items_about(topic, language), request.GET, about=topic),
        "translations": other_languages(request),
        "feeds": [{"title": f"{topic.label} ({form.upper()})", "url": f"{topic.get_absolute_url()}{form}/"} for form in ("rss", "atom")],
        "is_hidden_from_search": bool(request.GET),
        "meta_title": topic.label,
        "meta_description": topic.description,
    }
    return render(request, "topics/topic_page.html", context)


def topic_index(request: HttpRequest, segment: str) -> HttpResponse:
    """`/san-pham/`: all values of a taxonomy in Vietnamese order, those under a parent below it."""
    model = MODELS[segment]
    topics = list(model._default_manager.order_by("sort_key"))
    by_parent: dict[int | None, list[Topic]] = {}
    for topic in topics:
        by_parent.setdefault(getattr(topic, "parent_id", None), []).append(topic)
    groups = [{"topic": topic, "children": by_parent.get(topic.pk, [])} for topic in by_parent.get(None, [])]
    context = {"model_label": model._meta.verbose_name, "segment": segment, "groups": groups, "translations": other_languages(request)}
    return render(request, "topics/topic_index.html", context)
