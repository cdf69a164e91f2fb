"""The same code, tests and environment give the same verdict: an earlier report of the author's own will do.

It spares a run. Never across students.
"""

from __future__ import annotations

from kafedra.course import Assignment
from kafedra.grading import Job, Outcome, Report, mark_of
from kafedra.web.frame.apart import TooCostly, apart
from kafedra.web.submissions.models import Report as Row
from kafedra.web.submissions.models import Submission

# These may be the machine's doing and not the code's: whoever pushes again gets another run.
_OF_THE_MOMENT = frozenset({Outcome.TIMEOUT, Outcome.MEMORY, Outcome.CRASHED})


def fingerprint(assignment: Assignment, job: Job, environment: str) -> str:
    """By which equal code is known again; empty for a file that costs too much to read: then nothing is equal to it."""
    try:
        return apart(mark_of, assignment, job.files, job.bundle, environment)
    except TooCostly:
        return ""


def earlier(submission: Submission, fingerprint: str, language: str) -> Row | None:
    """The author's newest report of the same code by the same tests in this language, unless a fresh run is wanted."""
    if submission.fresh or not fingerprint:
        return None
    own = Row.objects.filter(submission__repository=submission.repository_id, fingerprint=fingerprint)
    found = own.select_related("submission", "taken_from__submission").first()
    if found is None or found.document.get("language") != language:
        return None
    if any(test["outcome"] in _OF_THE_MOMENT for test in found.document["tests"]):
        return None
    return found.taken_from or found


def taken_over(row: Row, seconds: float) -> Report:
    """Its report as that of another submission; `seconds` is what taking it over took."""
    return Report.model_validate(row.document).model_copy(update={"reused": True, "seconds": round(seconds, 4)})
