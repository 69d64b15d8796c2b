"""A taxonomy value's public page: everything about it, in one language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.translations import in_language, other_languages

from .listing import chosen, kind_facet, list_items
from .models.places import FormerKind, FormerPlacePart, Locality
from .models.taxonomies import NameKind, Topic
from .place_map import place_map
from .queries import TAXONOMIES, items_about

MODELS = {model.segment: model for model in TAXONOMIES}
# `/dia-ban/?chon=that-khe`: how the form "Xã, phường của bà con" works without JavaScript.
CHOICE = "chon"


def topic_or_404(segment: str, slug: str) -> Topic:
    """The value at an address, its parent loaded. Raises Http404 with a message for the reader."""
    topics = MODELS[segment]._default_manager.filter(slug=slug)
    if hasattr(MODELS[segment], "parent"):
        topics = topics.select_related("parent")
    topic = topics.first()
    if topic is None:
        raise Http404(_("Không có mục này."))
    return topic


def topic_page(request: HttpRequest, segment: str, slug: str) -> HttpResponse:
    """`/san-pham/hoi/`: the value, its names, and every public item about it, with the other facets."""
    topic = topic_or_404(segment, slug)
    language = get_language() or "vi"
    items, kinds = kind_facet(items_about(topic, language), request.GET)
    context = {
        "topic": topic,
        "names_province": isinstance(topic, Locality),
        "kind_label": topic.get_kind_display() if isinstance(topic, Locality) else topic._meta.verbose_name,
        "parent": getattr(topic, "parent", None),
        "other_names": [name for name in topic.names.all() if name.kind != NameKind.NAME],  # type: ignore[attr-defined]
        "former_places": _former_places(topic) if isinstance(topic, Locality) else [],
        "children": list(topic.children.in_order()) if hasattr(topic, "children") else [],  # type: ignore[attr-defined]
        "listing": list_items(items, request.GET, about=topic, extra=[kinds]),
        "crumbs": _crumbs(segment, language),
        "translations": other_languages(request),
        "feeds": [{"title": f"{topic.label} ({form.upper()})", "url": f"{topic.get_absolute_url()}{form}/"} for form in ("rss", "atom")],
        "is_hidden_from_search": bool(request.GET),
        "meta_title": topic.label,
        # Descriptions are Vietnamese: what an English page says of itself is its name.
        "meta_description": topic.description if language == settings.LANGUAGE_CODE else "",
    }
    return render(request, "topics/topic_page.html", context)


def _former_places(place: Locality) -> list[FormerPlacePart]:
    """The units that went into this one: communes and towns first, then the district. One query."""
    parts = list(place.former_parts.select_related("former").order_by("former__sort_key"))  # type: ignore[attr-defined]
    return sorted(parts, key=lambda part: part.former.kind in {FormerKind.DISTRICT, FormerKind.CITY})


def topic_index(request: HttpRequest, segment: str) -> HttpResponse:
    """`/san-pham/`: all values of a taxonomy in Vietnamese order, those under a parent below it; `?chon=` leads to one of them."""
    model = MODELS[segment]
    picked = chosen(request.GET, CHOICE)
    found = model._default_manager.filter(slug__in=picked).first() if picked else None
    if found is not None:
        return HttpResponseRedirect(found.get_absolute_url())
    rows = Locality.objects.standing() if model is Locality else model._default_manager.all()
    topics = list(rows.order_by("sort_key"))
    language = get_language() or settings.LANGUAGE_CODE
    by_parent: dict[int | None, list[Topic]] = {}
    for topic in topics:
        by_parent.setdefault(getattr(topic, "parent_id", None), []).append(topic)
    groups = [{"topic": topic, "children": by_parent.get(topic.pk, [])} for topic in by_parent.get(None, [])]
    context = {
        "model_label": model._meta.verbose_name,
        "segment": segment,
        "groups": groups,
        "map": place_map(topics, language) if model is Locality and topics else None,
        "has_children": any(group["children"] for group in groups),
        "not_found": picked[0] if picked else "",
        "crumbs": _crumbs(segment, language)[:1],
        "translations": other_languages(request),
        "is_hidden_from_search": bool(request.GET),
        "meta_title": str(model._meta.verbose_name).capitalize(),
    }
    return render(request, "topics/topic_index.html", context)


def _crumbs(segment: str, language: str) -> list[dict[str, Any]]:
    """The way up from a value: home, then its taxonomy."""
    label = str(MODELS[segment]._meta.verbose_name).capitalize()
    return [{"title": _("Trang chủ"), "url": in_language("/", language)}, {"title": label, "url": in_language(f"/{segment}/", language)}]
