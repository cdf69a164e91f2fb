"""Who has opened which solution."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from kafedra.web.runs.models import Run
from kafedra.web.solutions.models import SolutionOpening

if TYPE_CHECKING:
    from kafedra.web.people.models import User


def openings(run: Run, *, students: Iterable[User] | None = None) -> dict[tuple[int, str], datetime]:
    """Since when who knows which solution, by student and assignment. One query."""
    rows = SolutionOpening.objects.filter(run=run)
    if students is not None:
        rows = rows.filter(student__in=list(students))
    return {(student, slug): at for student, slug, at in rows.values_list("student_id", "assignment", "opened_at")}
