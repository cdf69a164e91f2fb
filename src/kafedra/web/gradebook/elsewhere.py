"""The gradebook in the forms that other systems import.

Moodle (docs.moodle.org, "Grade import"): a heading with a column that names the student, by which the import is told to
map ("Email address", "Username"), and a column for each grade item.
Canvas (community.canvaslms.com, "How do I import grades in the Gradebook?"): the columns Student, ID, SIS User ID, SIS
Login ID and Section in this order, then a column for each assignment; the second line gives the points possible.
So its importer reads it (canvas-lms, lib/gradebook_importer.rb): a student by the SIS Login ID where the ID is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kafedra import policy
from kafedra.course import distinct
from kafedra.web.frame.spreadsheets import Cell
from kafedra.web.gradebook.table import Gradebook
from kafedra.web.people.students import group_of
from kafedra.web.standings.personal import PersonalStanding

PLACES = 4
TOTAL = "O_total"
NOTHING = Decimal(0)


def for_moodle(book: Gradebook) -> Iterator[Sequence[Cell]]:
    """Titles, then a line for each student: login and e-mail to map by, assignments, marks, the grade."""
    known = ("Username", "Email address")
    yield [*known, *_titles(book, known), TOTAL]
    for row in book.rows:
        yield [row.student.username, row.student.email, *_values(book, row), _total(row)]


def for_canvas(book: Gradebook) -> Iterator[Sequence[Cell]]:
    """Titles, the points possible, then a line for each student, known by the SIS Login ID; a bonus has 0 possible."""
    columns = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    yield [*columns, *_titles(book, columns), TOTAL]
    works = [NOTHING if column.work.bonus else column.work.points for column in book.columns]
    marks = [one.most for one in book.scheme.formula.marks]
    yield ["    Points Possible", "", "", "", "", *works, *marks, book.scheme.formula.cap]
    for row in book.rows:
        student = row.student
        known = (student.display_name, "", "", student.username, group_of(student))
        yield [*known, *_values(book, row), _total(row)]


def _titles(book: Gradebook, others: Sequence[str]) -> list[str]:
    """Both put columns of one title into one, and take some titles for their own."""
    names = [one.name for one in book.scheme.formula.marks]
    return list(distinct(book.called(names), (*others, TOTAL)).values())


def _values(book: Gradebook, row: PersonalStanding) -> list[Decimal | None]:
    marks = (row.marks.get(one.name) for one in book.scheme.formula.marks)
    return [*row.points, *marks]


def _total(row: PersonalStanding) -> Decimal | None:
    total = row.standing.total
    return None if total is None else policy.quantize(total, PLACES)
