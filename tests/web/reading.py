"""What a reader sees of a page."""

from __future__ import annotations

import html
import re
from typing import Protocol


class Page(Protocol):
    content: bytes


def text(page: Page) -> str:
    """The words of a page's main part, without markup, with single spaces."""
    source = page.content.decode()
    if "<main" in source:
        source = source[source.index("<main") : source.index("</main>")]
    words = re.sub(r"<[^>]+>", " ", source)
    return re.sub(r"[\s\u202f]+", " ", html.unescape(words)).replace(" .", ".").strip()


def source(page: Page) -> str:
    """The page as HTML, with one space for all white space: where a template breaks its lines is its own business."""
    return " ".join(page.content.decode().split())


def hidden(page: Page, name: str) -> str:
    """What a page keeps in the hidden field of this name, the first if there are several."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, f"the page keeps {name}"
    return html.unescape(found[1])
