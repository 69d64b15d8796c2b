"""The QR code of a printed page."""

from __future__ import annotations

from typing import Any

from django import template

from core.qr import qr_path

register = template.Library()

# Beyond this a printed code of this size is too fine for a phone.
LONGEST_ADDRESS = 600


@register.inclusion_tag("core/qr.html")
def qr(address: str) -> dict[str, Any]:
    """`{% qr canonical_url %}`: the address as a drawing in the page itself, so that paper needs no further request; nothing without an address
    or with one that no page has (a visitor may type 10,000 letters, a code holds some 2,300)."""
    path, size = qr_path(address) if address and len(address.encode()) <= LONGEST_ADDRESS else ("", 0)
    return {"path": path, "size": size}
