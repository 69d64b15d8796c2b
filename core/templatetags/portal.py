"""Tags of the frame: structured data; and what a text already shows."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# What could end the script element or open a comment inside it.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString:
    """The page's JSON-LD with its breadcrumb, as a script element that browsers do not run."""
    page = context.get("page")
    if page is None or not hasattr(page, "structured_data"):
        return mark_safe("")
    graph = page.structured_data(context.get("request"))
    crumbs = context.get("crumbs") or []
    if crumbs:
        graph = [*graph, _breadcrumb(crumbs)]
    return json_ld(graph)


@register.filter
def shows_contact(page: Any, contact: Any) -> bool:
    """Whether an editor put this contact into the page's own text. No query: the text has been shown."""
    return any(block.block_type == "contact" and block.value["contact"] == contact for block in getattr(page, "body", None) or ())


@register.simple_tag
def json_ld(graph: list[dict[str, Any]]) -> SafeString:
    """Objects as one JSON-LD graph."""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, cls=DjangoJSONEncoder, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>')  # noqa: S308 - escaped above


def _breadcrumb(crumbs: list[dict[str, str]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": number, "name": crumb["title"], "item": f"{settings.SITE_URL}{crumb['url']}"}
        for number, crumb in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
