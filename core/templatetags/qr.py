"""The QR code of a printed page."""

from __future__ import annotations

from typing import Any

from django import template

from core.qr import qr_path

register = template.Library()


@register.inclusion_tag("core/qr.html")
def qr(address: str) -> dict[str, Any]:
    """`{% qr canonical_url %}`: the address as a drawing in the page itself, so that paper needs no further request; nothing without an address."""
    path, size = qr_path(address) if address else ("", 0)
    return {"path": path, "size": size}
