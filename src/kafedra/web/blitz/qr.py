"""A join address as a QR code."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=32)
def qr_code(address: str) -> str:
    """An SVG of black on white as the source of an <img>: cameras want it so in a dark theme too."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(border=2, light="white"))
