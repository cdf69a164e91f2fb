"""Reading cases: the run's list, what waits for a decision, submissions that can be one side."""

from __future__ import annotations

from collections.abc import Sequence

from kafedra.web.integrity.access import whole_cases
from kafedra.web.integrity.models import Case, Decision, Side
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

_WAITS = ("answered", "silent")


def cases_of(run: Run) -> tuple[list[Case], list[Case]]:
    """Every case of the run: those that are open, and those that are closed; newest first."""
    rows = list(whole_cases(with_text=False).filter(run=run))
    return [one for one in rows if not one.closed], [one for one in rows if one.closed]


def waiting(run: Run) -> list[Side]:
    """What waits for a decision: answered, or not answered in time."""
    rows = Side.objects.filter(case__run=run, told_at__isnull=False).defer("lines", "cited")
    found = rows.select_related("case__run", "student").prefetch_related("decisions")
    return [side for side in found if side.state in _WAITS]


def decided(run: Run, most: int) -> Sequence[Decision]:
    """What was decided last, and is in force."""
    rows = Decision.objects.filter(side__case__run=run, reversed_at=None)
    return list(rows.select_related("side__case__run", "side__student", "made_by")[:most])


def with_submission(submission: Submission) -> list[Case]:
    """The cases that a submission is a side of."""
    return list(Case.objects.filter(sides__submission=submission).distinct())


def latest_of_others(submission: Submission) -> list[Submission]:
    """The newest submission of everybody else to the same assignment, by name. One query."""
    mine = submission.repository
    rows = Submission.objects.filter(repository__run=mine.run, repository__assignment=mine.assignment)
    rows = rows.exclude(repository=mine).select_related("repository__student").order_by("pushed_at", "pk")
    newest = {one.repository_id: one for one in rows}
    return sorted(newest.values(), key=lambda one: one.repository.student.display_name.casefold())


def submission_of(beside: Submission, pk: int) -> Submission | None:
    """A submission of another student to the same assignment of the run."""
    mine = beside.repository
    rows = Submission.objects.filter(repository__run=mine.run, repository__assignment=mine.assignment, pk=pk)
    return rows.exclude(repository=mine).select_related("repository__run", "repository__student").first()
