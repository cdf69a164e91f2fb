"""The headings of the gradebook: what each is called, how the table is sorted by it, and where a click leads."""

from __future__ import annotations

from dataclasses import dataclass

from kafedra.web.gradebook.choosing import BY_GROUP, BY_HOMEWORK, BY_NAME, BY_TOTAL, Choice
from kafedra.web.gradebook.table import Gradebook


@dataclass(frozen=True, slots=True)
class Heading:
    """`href` sorts by the column; `aria` is empty where the table is sorted by another one."""

    href: str
    aria: str


def headings(book: Gradebook, choice: Choice) -> dict[str, Heading]:
    """One for each column that can be sorted by: name, group, O_hw, the grade, marks, and the assignments by slug."""
    marks = (one.name for one in book.scheme.formula.marks)
    columns = [BY_NAME, BY_GROUP, BY_HOMEWORK, BY_TOTAL, *marks, *(column.work.slug for column in book.columns)]
    return {column: _heading(column, choice) for column in columns}


def _heading(column: str, choice: Choice) -> Heading:
    aria = ("descending" if choice.backwards else "ascending") if choice.column == column else ""
    return Heading(choice.by(column).query or "?", aria)
