"""The gradebook as a table for spreadsheets, in the language of the page. Values are exact, not as they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from kafedra import policy
from kafedra.web.frame.language import spoken
from kafedra.web.frame.spreadsheets import Cell
from kafedra.web.gradebook.choosing import Choice
from kafedra.web.gradebook.table import Gradebook
from kafedra.web.people.students import group_of
from kafedra.web.standings.personal import PersonalStanding


def table(book: Gradebook) -> Iterator[Sequence[Cell]]:
    """The titles, then a row for each student; an empty cell where nothing was graded."""
    works = [column.work.title.in_(spoken()) for column in book.columns]
    yield [_("Login"), _("Name"), _("Group"), *works, "O_hw", _("Automat"), "O_total", _("In the record book")]
    yield from map(_cells, book.rows)


def file_name(run: str, choice: Choice, ending: str) -> str:
    """What the file is called: it says whether somebody may be missing from it."""
    return f"gradebook-{run}{'-selection' if choice.restricts else ''}.{ending}"


def _cells(row: PersonalStanding) -> list[Cell]:
    standing = row.standing
    return [
        row.student.username,
        row.student.display_name,
        group_of(row.student),
        *(line.points for line in row.lines),
        standing.homework,
        _("yes") if standing.automat else _("no"),
        None if standing.total is None else policy.quantize(standing.total, 2),
        standing.record_grade,
    ]
