"""Which submissions are expected to hold a worker for long: these never take the last one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kafedra.web.executor.forecast import typical_seconds
from kafedra.web.submissions.models import Report

LONG_SECONDS = 10.0  # of one worker; most verdicts take one or two


def long_ones(waiting: Iterable[tuple[int, int, str]]) -> frozenset[int]:
    """Of rows `(submission, student, assignment)`: by what the assignment takes as a rule, and by what this student's
    last one took, since code that sleeps sleeps in a short assignment, too. Two queries for each row at most.
    """
    rows = list(waiting)
    typical = typical_seconds(assignment for _pk, _student, assignment in rows)
    return frozenset(pk for pk, student, assignment in rows if _seconds(student, assignment, typical) > LONG_SECONDS)


def _seconds(student: int, assignment: str, typical: Mapping[str, float]) -> float:
    own = Report.objects.filter(
        submission__repository__student_id=student, submission__repository__assignment=assignment, taken_from=None
    )
    last = own.order_by("-pk").values_list("seconds", flat=True).first()
    return max(typical[assignment], last or 0.0)
