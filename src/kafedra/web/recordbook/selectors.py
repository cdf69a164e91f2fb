"""The sheets of the record book: one for each group, frozen grades as they were frozen, the others as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kafedra.course import Language
from kafedra.course import Run as RunFacts
from kafedra.web.frame.language import spoken
from kafedra.web.frame.searching import folded
from kafedra.web.people.models import User
from kafedra.web.people.students import group_of, students_of
from kafedra.web.recordbook.evidence import FactChange, changes, digest_of, facts_of, terms_digest
from kafedra.web.recordbook.models import FrozenGrade
from kafedra.web.recordbook.words import in_words
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.personal import PersonalStanding
from kafedra.web.standings.selectors import of_students


@dataclass(frozen=True)
class SheetRow:
    """One student of a sheet. `now` is None for who has left the run and keeps a frozen grade.

    The grade is the frozen one where there is one, whatever has happened since.
    """

    student: User
    group: str
    now: PersonalStanding | None
    frozen: FrozenGrade | None
    run: RunFacts
    terms: str

    @property
    def record(self) -> int | None:
        """The number for the record book."""
        if self.frozen is not None:
            return self.frozen.record
        return self.now.standing.record_grade if self.now else None

    @property
    def total(self) -> Fraction | None:
        """The exact grade that the number comes from."""
        if self.frozen is not None:
            return self.frozen.exact
        return self.now.standing.total if self.now else None

    @property
    def letter(self) -> str:
        """The grade as a letter, where the run has any."""
        if self.frozen is not None:
            return self.frozen.letter
        return (self.now.standing.letter or "") if self.now else ""

    @property
    def automat(self) -> bool:
        """Whether it is a grade without the exam."""
        if self.frozen is not None:
            return self.frozen.automat
        return bool(self.now and self.now.standing.automat)

    @property
    def words(self) -> str:
        """The number in words of the page's language; empty without a grade."""
        return "" if self.record is None else in_words(self.record, spoken())

    @property
    def frozen_on(self) -> str:
        """The day on which the grade was frozen or decided, in words of the page's language; empty before that."""
        return "" if self.frozen is None else _frozen_on(timezone.localdate(self.frozen.decided_at), spoken())

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What a grade of today follows from."""
        return facts_of(self.now, self.terms) if self.now else {}

    @cached_property
    def digest(self) -> str:
        """The fingerprint of these facts."""
        return digest_of(self.facts)

    @property
    def moved(self) -> bool:
        """Whether the facts are others than those that the grade was frozen with."""
        return self.frozen is not None and self.now is not None and self.frozen.digest != self.digest

    @property
    def differs(self) -> bool:
        """Whether today's grade is another one than the frozen: that waits for a decision."""
        if not self.moved or self.frozen is None or self.now is None:
            return False
        standing = self.now.standing
        was = (self.frozen.record, self.frozen.exact, self.frozen.letter)
        return was != (standing.record_grade, standing.total, standing.letter or "")

    @property
    def changes(self) -> Sequence[FactChange]:
        """What has changed since it was frozen."""
        return tuple(changes(self.frozen.facts, self.facts, self.run)) if self.frozen and self.moved else ()


@dataclass(frozen=True)
class Sheet:
    """The students of one group by name; the group is empty for those without one."""

    group: str
    rows: tuple[SheetRow, ...]

    @property
    def open(self) -> tuple[SheetRow, ...]:
        """Whoever's grade isn't frozen yet."""
        return tuple(row for row in self.rows if row.frozen is None)

    @property
    def without_grade(self) -> int:
        """How many of the open ones have no grade."""
        return sum(row.record is None for row in self.open)

    @property
    def differing(self) -> tuple[SheetRow, ...]:
        """Whose frozen grade is not what would follow today."""
        return tuple(row for row in self.rows if row.differs)


def sheets(run: Run) -> list[Sheet]:
    """Every sheet of the run, by group. A query or two more than everybody's standings.

    A frozen grade stands on the sheet of the group in which it was frozen.
    """
    frozen, facts = {grade.student_id: grade for grade in _in_force(run)}, course.current().runs[run.slug]
    digest = terms_digest(terms.in_force(run.slug))
    rows = []
    for personal in of_students(run, students_of(run)):
        grade = frozen.pop(personal.student.pk, None)
        group = grade.group if grade is not None else group_of(personal.student)
        rows.append(SheetRow(personal.student, group, personal, grade, facts, digest))
    left = User.objects.in_bulk(frozen) if frozen else {}
    rows += [SheetRow(left[owner], grade.group, None, grade, facts, digest) for owner, grade in frozen.items()]
    by_group: dict[str, list[SheetRow]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(row)
    ordered = sorted(by_group, key=lambda group: (not group, folded(group)))
    return [Sheet(group, tuple(_by_name(by_group[group]))) for group in ordered]


@lru_cache(maxsize=64)
def _frozen_on(day: date, _language: Language) -> str:
    """A sheet is frozen at once: hundreds of its rows have the same day, and a translation with a date costs most."""
    return _("frozen %(on)s") % {"on": day.strftime("%d.%m.%Y")}


def frozen_in(run: Run) -> dict[int, FrozenGrade]:
    """The frozen grades in force by the student's id, without the facts that they followed from."""
    return {row.student_id: row for row in _in_force(run).defer("facts")}


def _in_force(run: Run) -> QuerySet[FrozenGrade]:
    return FrozenGrade.objects.filter(run=run, replaced_at=None)


def frozen_of(run: Run, student: User) -> FrozenGrade | None:
    """One student's frozen grade in force."""
    return FrozenGrade.objects.filter(run=run, student=student, replaced_at=None).select_related("decided_by").first()


def history_of(run: Run, student: User) -> Sequence[FrozenGrade]:
    """Every grade of the student that was frozen or decided, the newest first."""
    return list(FrozenGrade.objects.filter(run=run, student=student).select_related("decided_by"))


def seen(rows: Iterable[SheetRow]) -> str:
    """A name for exactly what these rows show: who decides, decides about that."""
    return digest_of([(row.student.pk, row.digest, row.frozen.pk if row.frozen else 0) for row in rows])


def _by_name(rows: Iterable[SheetRow]) -> list[SheetRow]:
    return sorted(rows, key=lambda row: (folded(row.student.display_name), row.student.username))


def of_group(all_sheets: Sequence[Sheet], group: str | None) -> Sequence[Sheet]:
    """The sheet of a group; None: all of them."""
    return [one for one in all_sheets if group is None or one.group == group]


def by_login(all_sheets: Sequence[Sheet]) -> Mapping[str, SheetRow]:
    """Every row by the student's login."""
    return {row.student.username: row for one in all_sheets for row in one.rows}
