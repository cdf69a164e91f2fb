"""Text in a terminal of known width: wrapping, trimming, columns."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable

WIDTH = 72
_LONGEST = 50 * WIDTH  # of one line of text; a terminal is no place for more


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """The text without anything that could steer a terminal: it may come from a student's code."""
    kept = (" " if character == "\t" else character for character in text)
    return "".join(c for c in kept if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


def paragraph(text: str, *, indent: int, most: int | None = None, hanging: int = 0) -> list[str]:
    """`text` wrapped inside the width, at most `most` lines of it; lines that begin with spaces stay as they are."""
    lines: list[str] = []
    for line in printable(text).strip("\n").split("\n"):
        lines += _wrapped(line, indent, hanging)
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], " " * indent + "…"]
    return lines


def _wrapped(line: str, indent: int, hanging: int) -> list[str]:
    if line.startswith(" "):
        return [cut(" " * indent + line.rstrip(), WIDTH)]
    return textwrap.wrap(
        line[:_LONGEST],
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_on_hyphens=False,
    ) or [""]


def cut(text: str, width: int) -> str:
    """`text`, or its beginning and an ellipsis."""
    taken, end = 0, 0
    for position, character in enumerate(text):
        taken += _columns(character)
        if taken > width:
            return text[:end].rstrip() + "…"
        if taken <= width - 1:
            end = position + 1
    return text


def between(left: str, right: str, *, width: int = WIDTH) -> str:
    """`left` and `right` at the two edges of a line."""
    room = width - columns(right) - 2
    left = cut(left, room)
    return left + " " * (room - columns(left) + 2) + right


def pairs(rows: Iterable[tuple[str, str]], *, indent: int = 2) -> list[str]:
    """Names in one column, values in another; long values wrap under themselves."""
    rows = list(rows)
    edge = indent + max(columns(name) for name, _ in rows) + 3
    lines: list[str] = []
    for name, value in rows:
        start = " " * indent + name + " " * (edge - indent - columns(name))
        lines += textwrap.wrap(
            value,
            WIDTH,
            initial_indent=start,
            subsequent_indent=" " * edge,
            break_on_hyphens=False,
            break_long_words=False,
        )
    return lines
