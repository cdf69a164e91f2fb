"""A table of marks, pasted or sent: who, and how much. Every line that can't be used says why."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from kafedra.policy.scheme import Marked
from kafedra.web.frame.searching import folded
from kafedra.web.frame.tables import read_apart, table_of
from kafedra.web.frame.templatetags.kafedra import points
from kafedra.web.people.models import User

LONGEST_TEXT = 200_000  # characters: of two thousand people not even half
MOST_LINES = 3000
DECIMALS = 3
# What the column of marks is called, if not by the mark's own name.
HEADINGS = frozenset("mark grade points score оценка балл баллы отметка".split())
NUMBER = re.compile(r"[+-]?\d{1,6}([.,]\d{1,9})?\s*%?")


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line: whose mark, and what it is; or what is wrong with it, and no student."""

    number: int
    text: str
    student: User | None = None
    value: Decimal | None = None
    problem: str = ""


class NoMark(Exception):
    """What was written is no mark; as a text it says why, in the language of the page."""


def mark_from(text: str, marked: Marked) -> Decimal:
    """A number with a comma or a point, perhaps with a per cent sign. Raises NoMark."""
    plain = text.strip().replace(",", ".")
    if marked.unit == "percent":
        plain = plain.removesuffix("%").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise NoMark(_("“%(text)s” is no number.") % {"text": text.strip()[:40]}) from None
    if not value.is_finite() or not 0 <= value <= marked.most:
        raise NoMark(_("A mark is from 0 to %(most)s.") % {"most": points(marked.most)})
    if round(value, DECIMALS) != value:
        raise NoMark(_("A mark has three decimals at most."))
    return value


def from_file(data: bytes) -> str:
    """The table of a CSV or XLSX file as it would be pasted; a line for each row. Raises UnreadableTable."""
    return "\n".join("\t".join(cells) for cells in read_apart(table_of, data))


def read(text: str, students: Sequence[User], marked: Marked, title: str = "") -> list[PastedLine]:
    """The lines of a table that was pasted, a heading and empty marks left out.

    Cells are separated by tabs, semicolons or commas, or a mark follows a name after a space. A student is known by
    login, e-mail or name, in either order; the mark is in the column that the heading calls `title`, the mark's name or
    a mark, else it is the only number of the line, or the last cell.
    """
    known = _known(students)
    numbered = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    column = _column(numbered[0][1], {folded(marked.name), folded(title)}) if numbered else None
    numbered = numbered if column is None else numbered[1:]
    found: list[PastedLine] = []
    seen: dict[int, int] = {}
    for place, (number, line) in enumerate(numbered[:MOST_LINES]):
        one = _line(number, line, known, marked, column)
        if one is None or (place == 0 and one.student is None and not re.search(r"\d\s*%?\s*$", line)):
            continue  # nothing to enter, or the heading
        if one.student is not None and one.student.pk in seen:
            problem = _("The same student stands in line %(n)d already.") % {"n": seen[one.student.pk]}
            one = PastedLine(number, line, problem=problem)
        elif one.student is not None:
            seen[one.student.pk] = number
        found.append(one)
    return found


def _known(students: Sequence[User]) -> Mapping[str, list[User]]:
    """Students by everything that a line may call them."""
    found: dict[str, list[User]] = defaultdict(list)
    for one in students:
        for key in {folded(one.username), folded(one.email), _name(one.display_name)} - {""}:
            found[key].append(one)
    return found


def _name(text: str) -> str:
    """A name in whatever order its words are."""
    return " ".join(sorted(folded(text).split()))


def _column(heading: str, names: Collection[str]) -> int | None:
    """Where the marks stand, if the first line says so."""
    titles = [folded(cell) for cell in _cells(heading)]
    for wanted in (names, HEADINGS):
        found = [place for place, title in enumerate(titles) if title and title in wanted]
        if len(found) == 1:
            return found[0]
    return None


def _line(
    number: int, line: str, known: Mapping[str, list[User]], marked: Marked, column: int | None
) -> PastedLine | None:
    """None where the mark is empty."""
    cells = _cells(line)
    whose = [(place, people) for place, cell in enumerate(cells) if (people := _people(cell, known))]
    if not whose:
        return PastedLine(number, line, problem=_("Nobody of the run is called so."))
    place, people = whose[0]
    if len(people) > 1:
        return PastedLine(number, line, problem=_("Several are called so: write the login."))
    numbers = [cell for cell in cells[place + 1 :] if NUMBER.fullmatch(cell)]
    if column is not None:
        if column >= len(cells):
            return PastedLine(number, line, problem=_("The line ends before the column of the marks."))
        text = cells[column]
    elif len(numbers) > 1:
        return PastedLine(number, line, problem=_("There are several numbers: leave the mark alone beside the name."))
    else:
        text = numbers[0] if numbers else cells[-1] if place < len(cells) - 1 else ""
    if text in ("", "-", "–", "—"):
        return None
    try:
        return PastedLine(number, line, people[0], mark_from(text, marked))
    except NoMark as problem:
        return PastedLine(number, line, problem=str(problem))


def _cells(line: str) -> list[str]:
    for delimiter in ("\t", ";", ","):
        if delimiter in line and not (delimiter == "," and re.fullmatch(r"[^,]*\s\d+,\d+\s*%?", line.strip())):
            return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter))]
    who, _space, mark = line.strip().rpartition(" ")
    return [who.strip(), mark] if NUMBER.fullmatch(mark) else [line.strip()]


def _people(cell: str, known: Mapping[str, list[User]]) -> list[User]:
    cell = cell.removeprefix("'")  # our own exports write it before what might be a formula
    return known.get(folded(cell)) or known.get(_name(cell)) or []
