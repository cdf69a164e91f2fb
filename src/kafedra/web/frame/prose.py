"""What people write, Markdown with formulas, as safe HTML: made in a process apart, remembered by the text."""

from __future__ import annotations

import html
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from kafedra.notebooks.prose import prose_words, render_prose, visible
from kafedra.web.frame.apart import TooCostly, apart


def prose(text: str) -> SafeString:
    """Works for any text whatsoever."""
    return prose_with(text, ())[0]


@lru_cache(maxsize=1000)
def prose_with(text: str, addresses: tuple[str, ...]) -> tuple[SafeString, frozenset[int]]:
    """With the pictures at `addresses`, which the text names by their numbers, `![a loss](1)`; and those it named."""
    try:
        written, placed = apart(_written, text, addresses)
    except TooCostly:
        written, placed = f'<pre class="as-typed">{html.escape(text)}</pre>\n', ()
    return mark_safe(written), frozenset(placed)  # noqa: S308  # made safe by `render_prose`, or escaped


@lru_cache(maxsize=1000)
def in_words(text: str) -> str:
    """The words of it in one line, without marks."""
    try:
        return apart(prose_words, text)
    except TooCostly:
        return visible(" ".join(text.split()))


def _written(text: str, addresses: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    placed = set[int]()

    def address(name: str) -> str | None:
        number = int(name) if name.isascii() and name.isdecimal() and len(name) < 3 else 0
        if not 1 <= number <= len(addresses):
            return None
        placed.add(number)
        return addresses[number - 1]

    return render_prose(text, picture=address), tuple(placed)
