"""Codes on a picture of a page, and the page turned upright by one of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from PIL import Image

_CODE_SIDE_TO_NAMES: Final = 0.35  # how far below the code the lines with the name end, in sides of the code
_STRAIGHT: Final = 1.0  # degrees that nobody sees, and that a code of ninety pixels is too small to tell
_TURNS: Final = {
    90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270,
}  # fmt: skip

_Point = tuple[float, float]


def codes_on(picture: Image.Image) -> Sequence[Any]:
    """QR codes as zxing-cpp tells of them: `text`, and `position`, whose corners are in pixels."""
    import zxingcpp

    grey = picture.convert("L")
    pixels: Any = grey.tobytes()  # kept by name: the view doesn't keep it
    seen = zxingcpp.ImageView(pixels, *grey.size, zxingcpp.ImageFormat.Lum)
    return list(zxingcpp.read_barcodes(seen, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)))


def deskewed(picture: Image.Image, code: Any) -> tuple[Image.Image, int]:
    """The picture turned so that the code stands upright, and the row of pixels below which no name is."""
    corners = _corners(code)
    (x0, y0), (x1, y1) = corners[:2]
    angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
    quarter = round(angle / 90) * 90 % 360
    slant = (angle - quarter + 180) % 360 - 180
    turned = picture.transpose(_TURNS[quarter]) if quarter else picture
    if abs(slant) > _STRAIGHT:
        turned = turned.rotate(slant, Image.Resampling.BILINEAR, expand=True, fillcolor="white")
    else:
        angle = quarter
    rows = [_row_after(corner, picture.size, turned.size, angle) for corner in corners]
    cut = max(rows) + _CODE_SIDE_TO_NAMES * math.hypot(x1 - x0, y1 - y0)
    return turned, min(max(round(cut), 0), turned.height - 1)


def _corners(code: Any) -> list[_Point]:
    """Upper left, upper right, lower right, lower left of a code that stands upright; pixels, downwards."""
    where = code.position
    return [(one.x, one.y) for one in (where.top_left, where.top_right, where.bottom_right, where.bottom_left)]


def _row_after(point: _Point, before: tuple[int, int], after: tuple[int, int], angle: float) -> float:
    """In which row a point lies after a picture was turned by `angle` degrees to the left about its middle."""
    across, down = point[0] - before[0] / 2, point[1] - before[1] / 2
    turn = math.radians(angle)
    return after[1] / 2 - math.sin(turn) * across + math.cos(turn) * down
