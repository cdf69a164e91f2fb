"""Which students the gradebook shows, and in which order: what stands in its address, its links and its exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from kafedra.course import AssignedWork
from kafedra.web.frame.searching import finds, folded
from kafedra.web.people.members.selectors import NO_GROUP
from kafedra.web.people.models import User
from kafedra.web.people.students import group_of
from kafedra.web.standings.personal import PersonalStanding

BY_NAME, BY_GROUP, BY_HOMEWORK, BY_TOTAL = "name", "group", "O_hw", "O_total"
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """`search` for words, `group` (empty: all; NO_GROUP: those without), `sort` by a column, `-` before it: backwards.

    The columns are BY_NAME, BY_GROUP, BY_HOMEWORK, BY_TOTAL, the names of marks and the slugs of assignments.
    """

    search: str = ""
    group: str = ""
    sort: str = BY_NAME

    @property
    def column(self) -> str:
        """What is sorted by."""
        return self.sort.removeprefix("-")

    @property
    def backwards(self) -> bool:
        """Whether the greatest comes first."""
        return self.sort.startswith("-")

    @property
    def restricts(self) -> bool:
        """Whether some students may be left out."""
        return bool(self.search or self.group)

    @property
    def query(self) -> str:
        """The choice as it stands in an address, with its question mark; empty for everybody by name."""
        given = {"q": self.search, "group": self.group, "sort": "" if self.sort == BY_NAME else self.sort}
        text = urlencode({name: value for name, value in given.items() if value})
        return f"?{text}" if text else ""

    def by(self, column: str) -> Choice:
        """The same students as a click on the heading of `column` orders them: words from А, numbers from the best.

        A second click turns the order round.
        """
        first, second = (column, f"-{column}") if column in (BY_NAME, BY_GROUP) else (f"-{column}", column)
        return replace(self, sort=second if self.sort == first else first)

    def takes(self, student: User) -> bool:
        """Whether `student` is among those chosen."""
        group = group_of(student)
        if self.group and group != ("" if self.group == NO_GROUP else self.group):
            return False
        return finds(self.search, student.display_name, student.username, group)

    def ordered(self, rows: Sequence[PersonalStanding]) -> list[PersonalStanding]:
        """`rows` in the chosen order; equals by name, and whoever has nothing in that column at the end."""
        by_name = sorted(rows, key=lambda row: (folded(row.student.display_name), row.student.username))
        if self.column == BY_NAME:
            return by_name[::-1] if self.backwards else by_name
        value = _value(self.column)
        some = [row for row in by_name if value(row) not in (None, "")]
        none = [row for row in by_name if value(row) in (None, "")]
        return sorted(some, key=value, reverse=self.backwards) + none


EVERYBODY = Choice()


def chosen(query: QueryDict, works: Sequence[AssignedWork], marks: Iterable[str] = ()) -> Choice:
    """What an address says; a column that the run does not have orders nothing."""
    sort = query.get("sort", "")
    columns = {BY_NAME, BY_GROUP, BY_HOMEWORK, BY_TOTAL, *marks, *(work.slug for work in works)}
    return Choice(
        search=query.get("q", "").strip()[:LONGEST_SEARCH],
        group=query.get("group", "").strip(),
        sort=sort if sort.removeprefix("-") in columns else BY_NAME,
    )


def _value(column: str) -> Callable[[PersonalStanding], Any]:
    if column == BY_GROUP:
        return lambda row: folded(group_of(row.student))
    if column == BY_HOMEWORK:
        return lambda row: row.standing.homework
    if column == BY_TOTAL:
        return lambda row: row.standing.total
    return lambda row: row.line(column).points if column in row.scores else row.marks.get(column)
