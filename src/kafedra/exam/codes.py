"""The code of a page: which exam, which paper, which page, and signs that only whoever printed it could add.

It names no person. `E7.017.02.K7QX` is typed by hand as easily as it is read by a camera.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import re
from dataclasses import dataclass
from typing import Final

_SIGNS: Final = 4  # base 32: one in a million is right by chance
_CODE: Final = re.compile(r"([A-Z0-9][A-Z0-9-]{0,29})\.(\d{3,6})\.(\d{2,3})\.([A-Z2-7]{4})")


@dataclass(frozen=True, slots=True)
class PageCode:
    """A page of a paper: the exam's short name, the number of the paper and of the page, both from 1."""

    exam: str
    paper: int
    page: int

    def text(self, key: str) -> str:
        """The code as it is printed, signed with the exam's `key`."""
        plain = f"{self.exam.upper()}.{self.paper:03d}.{self.page:02d}"
        signs = base64.b32encode(hmac.digest(key.encode(), plain.encode(), hashlib.sha256)).decode()
        return f"{plain}.{signs[:_SIGNS]}"


def read_code(text: str, key: str) -> PageCode | None:
    """The page that a code names; None for what was not printed with this `key`. Case and spaces don't matter."""
    found = _CODE.fullmatch("".join(text.split()).upper())
    if found is None:
        return None
    code = PageCode(found[1], int(found[2]), int(found[3]))
    return code if hmac.compare_digest(code.text(key), ".".join(found.groups())) else None


def qr(text: str) -> str:
    """The code as a picture (SVG), one square a unit."""
    import segno

    drawn = io.BytesIO()
    segno.make_qr(text, error="m", mask=2).save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()
