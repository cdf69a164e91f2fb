"""`homework/<slug>/review.md`: what the course says to those who review an assignment.

It is a page to read, in Markdown. Two things on it also start the comment bank:

- a table with a column «снять» (or “off”): each row whose cell there begins with a number takes that many points off;
  the other cells are the comment;
- a list in a section whose heading begins with «Банк», «Комментарии» or “Comment”: each item is a comment, also under
  smaller headings inside that section. Quotation marks around it, and a name for it (`` `name` — text``), are left out.

What the author surely meant otherwise is a *slip*: readers get the rest of the page, `kafedra course check` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from pathlib import Path

FILE_NAME = "review.md"
_HEADING = re.compile(r"(?P<level>#{1,6}) +(?P<title>.+?)\s*#*\s*")
_FENCE = re.compile(r"\s*(```|~~~)")
_BANK = re.compile(r"(банк|комментари|comment)", re.IGNORECASE)
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)]) +(?P<text>.+)")
_NAMED = re.compile(r"`[^`]+` +[—–-] +")
_OFF = re.compile(r"(снять|off|points off)", re.IGNORECASE)
_RULE = re.compile(r"[\s|:-]+")
_POINTS = re.compile(r"[-−–]?\s*(?P<points>\d{1,3}(?:[.,]\d{1,2})?)(?![\d.,])(?P<rest>.*)")

NUMBER = "must begin with a number of points with at most 2 decimals and hold no other, or be words without digits"


@dataclass(frozen=True)
class BankedComment:
    """One comment to choose from, in Markdown, and the points that it takes off; `line` of the page, from 1."""

    text: str
    taken_off: Decimal
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Slip:
    """What is on the page and comes to nothing: on which line, what was seen, what is allowed."""

    line: int
    value: str | None
    message: str


@dataclass(frozen=True)
class ReviewPage:
    """The guide, which is the page without its title and its list of comments, and the entries of the bank."""

    guide: str = ""
    entries: tuple[BankedComment, ...] = ()
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True)
class _Section:
    """A heading's lines down to the next one, each with its number; a bank's also hold smaller headings."""

    is_bank: bool
    lines: Sequence[tuple[int, str]]


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
    found: list[BankedComment | Slip] = []
    for section in _sections(text.splitlines()):
        found += _bank(section) if section.is_bank else _tables(section)
        if not section.is_bank:
            guide += [line for _, line in section.lines]
    if guide and guide[0].startswith("# "):
        guide = guide[1:]
    entries = tuple(one for one in found if isinstance(one, BankedComment))
    return ReviewPage("\n".join(guide).strip(), entries, tuple(one for one in found if isinstance(one, Slip)))


def _sections(lines: Sequence[str]) -> Iterator[_Section]:
    """Each heading with the lines below it; first what is before any heading. A fence holds no headings."""
    section, bank_level, fenced = list[tuple[int, str]](), 0, False
    for number, line in enumerate(lines, start=1):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading and not 0 < bank_level < len(heading["level"]):
            yield _Section(bank_level > 0, section)
            section = []
            bank_level = len(heading["level"]) if _BANK.match(heading["title"]) else 0
        section.append((number, line))
    yield _Section(bank_level > 0, section)


def _bank(section: _Section) -> Iterator[BankedComment | Slip]:
    """The items of a list as comments; the lines that go on with an item are indented."""
    (first, heading), *lines = section.lines
    item, begun, any_item = list[str](), first, False
    for number, line in [*lines, (0, "end")]:
        begins = _ITEM.fullmatch(line)
        if item and (begins or (line.strip() and not line.startswith(" "))):
            yield _comment(begun, "\n".join(item).strip())
            item = []
        if begins:
            item, begun, any_item = [begins["text"]], number, True
        elif item:
            item.append(line.strip())
        elif number and line.strip() and not _HEADING.fullmatch(line):
            yield Slip(number, line.strip(), "must be an item of the list, or indented below one: nobody would see it")
    if not any_item:
        yield Slip(first, heading.strip("# "), "this section must hold a list of comments")


def _comment(line: int, item: str) -> BankedComment | Slip:
    text = _NAMED.sub("", item, count=1)
    quoted = text.rstrip(".")
    paired = quoted.count("«") == quoted.count("»")
    if quoted.startswith("«") and not paired:
        return Slip(line, text, "each « must have its »")
    inside = quoted[1:-1] if quoted.startswith("«") and quoted.endswith("»") else text
    inside = inside[:1].upper() + inside[1:]
    return BankedComment(inside, Decimal(0), line) if inside.strip() else Slip(line, item, "must have words")


def _tables(section: _Section) -> Iterator[BankedComment | Slip]:
    """Rows of tables with a column of points, as comments."""
    for is_table, group in groupby(section.lines, key=lambda numbered: numbered[1].lstrip().startswith("|")):
        if is_table:
            yield from _table(list(group))


def _table(rows: Sequence[tuple[int, str]]) -> Iterator[BankedComment | Slip]:
    (first, head), *below = rows
    titles = _cells(head)
    column = next((place for place, title in enumerate(titles) if _OFF.fullmatch(title)), None)
    if column is None:
        return
    if not below or not _RULE.fullmatch(below[0][1]):
        yield Slip(first, head.strip(), "must be followed by a line such as |---|---|: without it this is no table")
        return
    for number, line in below[1:]:
        cells = _cells(line)
        if len(cells) == len(titles):
            yield from _row(number, cells, column)
        else:
            wanted = f"must have {len(titles)} cells like the head of the table; a bar inside a cell is written \\|"
            yield Slip(number, line.strip(), wanted)


def _cells(line: str) -> list[str]:
    inner = re.sub(r"(?<!\\)\|$", "", line.strip().removeprefix("|"))
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _row(line: int, cells: list[str], column: int) -> Iterator[BankedComment | Slip]:
    found = _POINTS.fullmatch(cells[column])
    words = [_sentence(cell) for place, cell in enumerate(cells) if place != column and cell]
    if (found is None and _has_digit(cells[column])) or (found and _has_digit(found["rest"])) or not cells[column]:
        yield Slip(line, cells[column], NUMBER)
    elif found and not words:
        yield Slip(line, cells[column], "points off must have words beside them: the student reads them")
    elif found:
        yield BankedComment(" ".join(words), Decimal(found["points"].replace(",", ".")), line)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _sentence(text: str) -> str:
    ended = text if text.endswith((".", "!", "?", "…")) else f"{text}."
    return ended[0].upper() + ended[1:]
