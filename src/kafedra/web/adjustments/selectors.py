"""Reading extensions and overrides: those in force, and the list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from kafedra.web.adjustments.models import Extension, Override
from kafedra.web.runs.models import Run
from kafedra.web.standings.sources import Contribution
from kafedra.web.standings.values import ByHand, Key, Later
from kafedra.web.submissions.models import Submission

if TYPE_CHECKING:
    from kafedra.web.people.models import User


def adjustments(run: Run, students: Collection[int] | None) -> Contribution:
    """What counts in the run (or for some of its students). Two queries."""
    given = Extension.objects.filter(run=run, undone_at=None).order_by("given_at", "pk")
    set_by_hand = Override.objects.filter(run=run, undone_at=None).order_by("given_at", "pk")
    if students is not None:
        given, set_by_hand = given.filter(student__in=students), set_by_hand.filter(student__in=students)
    extensions: dict[Key, list[Later]] = defaultdict(list)
    columns = ("student_id", "assignment", "deadline", "days", "reason", "given_at")
    for student, slug, deadline, days, reason, given_at in given.values_list(*columns):
        extensions[student, slug].append(Later(deadline, days, reason, given_at))
    final: dict[Key, ByHand] = {}
    judged: dict[int, ByHand] = {}
    rows = set_by_hand.values_list("student_id", "assignment", "submission_id", "points", "reason", "given_at")
    for student, slug, submission, points, reason, given_at in rows:
        if submission is None:
            final[student, slug] = ByHand(points, reason, given_at)
        else:
            judged[submission] = ByHand(points, reason, given_at)
    return Contribution(extensions=extensions, final=final, judged=judged)


def by_hand(run: Run, student: User, assignment: str, submission: Submission | None) -> Override | None:
    """The points that stand there by hand: of the submission, or of the whole assignment."""
    rows = Override.objects.filter(run=run, student=student, assignment=assignment, submission=submission)
    return rows.filter(undone_at=None).first()


def given_in(run: Run) -> tuple[list[Extension], list[Override]]:
    """Every extension and override of the run, newest first, undone ones too. Two queries."""
    people = ("student", "given_by", "undone_by")
    return (
        list(Extension.objects.filter(run=run).select_related(*people)),
        list(Override.objects.filter(run=run).select_related(*people, "submission")),
    )
