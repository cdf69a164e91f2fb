"""Reading extensions and overrides: those in force, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from kafedra.web.classroom.models import Extension, Override, Run, TermsSeen
from kafedra.web.classroom.terms import Terms, from_json, in_force

if TYPE_CHECKING:
    from kafedra.web.people.models import User

Key = tuple[int, str]  # a student's id and the slug of an assignment


@dataclass(frozen=True, slots=True)
class Later:
    """An extension: a moment, or days after whatever the course's own deadline is."""

    deadline: datetime | None
    days: int | None
    reason: str = ""

    def of(self, course_deadline: datetime | None) -> datetime | None:
        """The student's own deadline. Never earlier than the course's; None (never late) stays None."""
        if course_deadline is None:
            return None
        own = self.deadline if self.deadline is not None else course_deadline + timedelta(days=self.days or 0)
        return max(own, course_deadline)


@dataclass(frozen=True, slots=True)
class ByHand:
    """Points set by hand, and why."""

    points: Decimal
    reason: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What is in force: extensions and final points by student and assignment, judge's points by submission."""

    extensions: Mapping[Key, Later]
    final: Mapping[Key, ByHand]
    judged: Mapping[int, ByHand]


def adjustments(run: Run, *, students: Iterable[User] | None = None) -> Adjustments:
    """Everything in force in the run (or for some of its students). Two queries."""
    given = Extension.objects.filter(run=run, undone_at=None).order_by("given_at", "pk")
    set_by_hand = Override.objects.filter(run=run, undone_at=None).order_by("given_at", "pk")
    if students is not None:
        ids = [student.pk for student in students]
        given, set_by_hand = given.filter(student__in=ids), set_by_hand.filter(student__in=ids)
    extensions = {
        (student, slug): Later(deadline, days, reason)
        for student, slug, deadline, days, reason in given.values_list(
            "student_id", "assignment", "deadline", "days", "reason"
        )
    }
    final: dict[Key, ByHand] = {}
    judged: dict[int, ByHand] = {}
    rows = set_by_hand.values_list("student_id", "assignment", "submission_id", "points", "reason", "given_at")
    for student, slug, submission, points, reason, given_at in rows:
        if submission is None:
            final[student, slug] = ByHand(points, reason, given_at)
        else:
            judged[submission] = ByHand(points, reason, given_at)
    return Adjustments(extensions, final, judged)


def terms_seen(run: Run) -> Terms | None:
    """What the course's files said when an instructor last took note of it; None before the first time."""
    row = TermsSeen.objects.filter(run=run).first()
    return from_json(row.terms) if row else None


def terms_changed(run: Run) -> bool:
    """Whether the files say something that no instructor has taken note of."""
    seen = terms_seen(run)
    return seen is not None and seen != in_force(run.slug)


def given_in(run: Run) -> tuple[list[Extension], list[Override]]:
    """Every extension and override of the run, newest first, undone ones too. Two queries."""
    people = ("student", "given_by", "undone_by")
    return (
        list(Extension.objects.filter(run=run).select_related(*people)),
        list(Override.objects.filter(run=run).select_related(*people, "submission")),
    )
