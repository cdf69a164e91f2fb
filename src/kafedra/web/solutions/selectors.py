"""Who has opened which solution."""

from __future__ import annotations

from collections.abc import Collection

from kafedra.web.runs.models import Run
from kafedra.web.solutions.models import SolutionOpening
from kafedra.web.standings.sources import Contribution


def openings(run: Run, students: Collection[int] | None) -> Contribution:
    """Since when who knows which solution, by student and assignment. One query."""
    rows = SolutionOpening.objects.filter(run=run)
    if students is not None:
        rows = rows.filter(student__in=students)
    columns = rows.values_list("student_id", "assignment", "opened_at")
    return Contribution(opened={(student, slug): at for student, slug, at in columns})
