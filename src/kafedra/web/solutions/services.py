"""Opening a solution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web.record.labels import of_work
from kafedra.web.record.services import note as record
from kafedra.web.runs.models import Run
from kafedra.web.solutions import verbs
from kafedra.web.solutions.models import SolutionOpening

if TYPE_CHECKING:
    from kafedra.web.people.models import User


@transaction.atomic
def open_solution(*, student: User, run: Run, assignment: str) -> SolutionOpening:
    """From now on `student` may read the solution, and what they push to `assignment` doesn't count."""
    row, created = SolutionOpening.objects.get_or_create(run=run, student=student, assignment=assignment)
    if created:
        record(
            who=student, verb=verbs.SOLUTION_OPENED, about=row, label=of_work(assignment, student), run=run,
            concerns=student,
        )  # fmt: skip
    return row
