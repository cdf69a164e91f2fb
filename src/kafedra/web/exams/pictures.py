"""Pictures in questions of the bank: those that `pictures.py` of their topic draws.

They stand in the page itself: a picture with an address of its own could be asked for before the exam.
"""

from __future__ import annotations

import base64

from kafedra.materials import Addresses, Store, picture
from kafedra.web.runs import course


def in_the_page(topic: int | None) -> Addresses:
    """Where the pictures of a question are: in addresses that hold them. One that isn't drawn yet has none."""

    def both(address: str) -> tuple[str, str] | None:
        taught = course.current()
        found = taught.materials.get(topic or 0)
        drawn = [picture(found, Store.of(taught.root), address, dark=dark) for dark in (False, True)] if found else []
        held = [f"data:image/svg+xml;base64,{base64.b64encode(one).decode()}" for one in drawn if one]
        return (held[0], held[1]) if len(held) == 2 else None

    return Addresses(picture=both)
