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
from kafedra.web.frame.language import spoken
from kafedra.web.frame.spreadsheets import Cell
from kafedra.web.gradebook.table import Gradebook
from kafedra.web.people.students import group_of
from kafedra.web.standings.personal import PersonalStanding

PLACES = 4
NOTHING = Decimal(0)


def for_moodle(book: Gradebook) -> Iterator[Sequence[Cell]]:
    """Titles, then a line for each student: login and e-mail to map by, assignments, marks, the grade."""
    yield ["Username", "Email address", *_titles(book), "O_total"]
    for row in book.rows:
        yield [row.student.username, row.student.email, *_values(book, row), _total(row)]


def for_canvas(book: Gradebook) -> Iterator[Sequence[Cell]]:
    """Titles, the points possible, then a line for each student, known by the SIS Login ID; a bonus has 0 possible."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *_titles(book), "O_total"]
    works = [NOTHING if column.work.bonus else column.work.points for column in book.columns]
    marks = [one.most for one in book.scheme.formula.marks]
    yield ["    Points Possible", "", "", "", "", *works, *marks, book.scheme.formula.cap]
    for row in book.rows:
        student = row.student
        known = (student.display_name, "", "", student.username, group_of(student))
        yield [*known, *_values(book, row), _total(row)]


def _titles(book: Gradebook) -> list[str]:
    titles = [column.work.title.in_(spoken()) for column in book.columns]
    marks = book.scheme.formula.marks
    return titles + [
        book.mark_titles[one.name].in_(spoken()) if one.name in book.mark_titles else one.name for one in marks
    ]


def _values(book: Gradebook, row: PersonalStanding) -> list[Decimal | None]:
    marks = (row.marks.get(one.name) for one in book.scheme.formula.marks)
    return [*row.points, *marks]


def _total(row: PersonalStanding) -> Decimal | None:
    total = row.standing.total
    return None if total is None else policy.quantize(total, PLACES)
