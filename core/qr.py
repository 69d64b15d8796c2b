"""The QR code that a printed page carries, so that paper leads back to the page as it is today."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

import zxingcpp


@lru_cache(maxsize=512)
def qr_path(address: str) -> tuple[str, int]:
    """The dark modules of the address's code as one SVG path on a grid of so many modules a side, quiet zone included.

    Error correction M (15 %): enough for a photocopy or a fold. About a kilobyte for an address of this site.
    """
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=1, add_quiet_zones=True)
    # An image gives its pixels as a buffer; the package's stubs do not say so.
    pixels: Any = memoryview(cast("Any", code)).tolist()
    rows = [[value == 0 for value in row] for row in pixels]
    strokes = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            end = x
            while end < len(row) and row[end]:
                end += 1
            strokes.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = end
    return "".join(strokes), len(rows)
