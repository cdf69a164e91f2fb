"""The gradebook as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kafedra import policy
from kafedra.web.config.spreadsheets import Cell
from kafedra.web.gradebook.selectors import Gradebook, PersonalStanding


def table(book: Gradebook) -> Iterator[Sequence[Cell]]:
    """The titles, then a row for each student; an empty cell where nothing was graded."""
    slugs = [column.work.slug for column in book.columns]
    yield ["login", "name", "group", *slugs, "O_hw", "automat", "total", "record_grade"]
    yield from map(_cells, book.rows)


def _cells(row: PersonalStanding) -> list[Cell]:
    standing = row.standing
    return [
        row.student.username,
        row.student.display_name,
        row.student.group,  # type: ignore[attr-defined]  # annotated by the selector
        *(line.points for line in row.lines),
        standing.homework,
        "yes" if standing.automat else "no",
        None if standing.total is None else policy.quantize(standing.total, 2),
        standing.record_grade,
    ]
