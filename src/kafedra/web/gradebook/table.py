"""Everybody's standings as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kafedra import policy
from kafedra.course import AssignedWork, Localized
from kafedra.web.frame.language import spoken
from kafedra.web.gradebook.choosing import EVERYBODY, Choice
from kafedra.web.people.students import group_of, students_of
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.personal import PersonalStanding
from kafedra.web.standings.selectors import of_students


def gradebook_of(run: Run, choice: Choice = EVERYBODY) -> Gradebook:
    """The standings of the students of `run` that are chosen, in the chosen order.

    Nine queries, whatever the number of students.
    """
    everybody, in_force = students_of(run), terms.in_force(run.slug)
    rows = choice.ordered(of_students(run, (student for student in everybody if choice.takes(student))))
    of_course = course.current().runs[run.slug]
    works, titles = of_course.works, of_course.mark_titles
    columns = tuple(
        Column(work, sum((row.student.pk, work.slug) in row.known.pushed for row in rows)) for work in works
    )
    groups = tuple(sorted({group_of(student) for student in everybody}))
    return Gradebook(columns, tuple(rows), in_force.counted_max, in_force.scheme, groups, len(everybody), titles)


@dataclass(frozen=True)
class Column:
    """One assignment over all the students shown."""

    work: AssignedWork
    handed_in: int


@dataclass(frozen=True)
class Gradebook:
    """Students of a run × all its assignments. `groups` are those of all `students`, the empty one too."""

    columns: tuple[Column, ...]
    rows: tuple[PersonalStanding, ...]
    counted_max: Decimal
    scheme: policy.Scheme
    groups: tuple[str, ...]
    students: int
    mark_titles: Mapping[str, Localized]

    def called(self, names: Iterable[str]) -> dict[str, str]:
        """What people call the assignments and then these parts and marks, by name, in the language of the page."""
        titles = {column.work.slug: column.work.title for column in self.columns}
        titles |= {name: self.mark_titles.get(name, Localized.same(name)) for name in names}
        return {name: title.in_(spoken()) for name, title in titles.items()}

    @property
    def has_groups(self) -> bool:
        """Whether anybody is in a group."""
        return any(self.groups)
