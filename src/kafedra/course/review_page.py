"""`homework/<slug>/review.md`: what the course says to those who review an assignment.

It is a page to read, in Markdown. Two things on it also start the comment bank:

- a table with a column «снять» (or “off”): each row whose cell there begins with a number takes that many points off;
  the other cells are the comment;
- a list in a section whose heading begins with «Банк», «Комментарии» or “Comment”: each item is a comment. Quotation
  marks around it, and a name for it (`` `name` — text``), are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FILE_NAME = "review.md"
_HEADING = re.compile(r"#{1,6} +(?P<title>.+?)\s*#*\s*")
_BANK = re.compile(r"(банк|комментари|comment)", re.IGNORECASE)
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)]) +(?P<text>.+)")
_NAMED = re.compile(r"`[^`]+` +[—–-] +")
_OFF = re.compile(r"(снять|off|points off)", re.IGNORECASE)
_POINTS = re.compile(r"[-−–]?\s*(?P<points>\d{1,3}(?:[.,]\d{1,2})?)(?!\d)")


@dataclass(frozen=True)
class BankedComment:
    """One comment to choose from, in Markdown, and the points that it takes off."""

    text: str
    taken_off: Decimal


@dataclass(frozen=True)
class ReviewPage:
    """The guide, which is the page without its title and its list of comments, and the entries of the bank."""

    guide: str = ""
    entries: tuple[BankedComment, ...] = ()


def read_review_page(folder: Path) -> ReviewPage:
    """The page of the assignment in `folder`; an empty one if there is no such file."""
    try:
        text = (folder / FILE_NAME).read_text("utf-8")
    except FileNotFoundError:
        return ReviewPage()
    return parse_review_page(text)


def parse_review_page(text: str) -> ReviewPage:
    """The page in `text`. Never raises: what is neither such a table nor such a list is just to be read."""
    guide: list[str] = []
    entries: list[BankedComment] = []
    for title, lines in _sections(text.splitlines()):
        if _BANK.match(title):
            entries += (BankedComment(_comment(item), Decimal(0)) for item in _items(lines[1:]))
        else:
            entries += _rows(lines)
            guide += lines
    if guide and guide[0].startswith("# "):
        guide = guide[1:]
    return ReviewPage("\n".join(guide).strip(), tuple(entries))


def _sections(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each heading's title with the lines from it to the next heading; first what is before any heading."""
    title, section = "", list[str]()
    for line in lines:
        if heading := _HEADING.fullmatch(line):
            yield title, section
            title, section = heading["title"], [line]
        else:
            section.append(line)
    yield title, section


def _items(lines: Sequence[str]) -> Iterator[str]:
    """The items of a list; the lines that go on with an item are indented."""
    item: list[str] = []
    for line in [*lines, "end"]:
        begins = _ITEM.fullmatch(line)
        if item and (begins or (line.strip() and not line.startswith(" "))):
            yield "\n".join(item).strip()
            item = []
        if begins:
            item = [begins["text"]]
        elif item:
            item.append(line.strip())


def _comment(item: str) -> str:
    text = _NAMED.sub("", item, count=1)
    quoted = text.rstrip(".")
    inside = quoted.startswith("«") and quoted.endswith("»") and quoted.count("«") == quoted.count("»")
    return quoted[1:-1] if inside else text


def _rows(lines: Sequence[str]) -> Iterator[BankedComment]:
    """Rows of tables with a column of points, as comments."""
    column: int | None = None
    for before, line in zip(["", *lines], lines, strict=False):
        if not line.lstrip().startswith("|"):
            column = None
        elif re.fullmatch(r"[\s|:-]+", line):
            column = next((place for place, cell in enumerate(_cells(before)) if _OFF.fullmatch(cell)), None)
        elif column is not None and (entry := _row(_cells(line), column)):
            yield entry


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _row(cells: list[str], column: int) -> BankedComment | None:
    found = _POINTS.match(cells[column]) if column < len(cells) else None
    words = [_sentence(cell) for place, cell in enumerate(cells) if place != column and cell]
    return BankedComment(" ".join(words), Decimal(found["points"].replace(",", "."))) if found and words else None


def _sentence(text: str) -> str:
    ended = text if text.endswith((".", "!", "?", "…")) else f"{text}."
    return ended[0].upper() + ended[1:]
