"""What a report's page shows of the judge's verdict."""

from __future__ import annotations

from typing import Any

from kafedra.grading.report import Outcome
from kafedra.grading.report import Report as Verdict
from kafedra.web.regrading.selectors import of_report
from kafedra.web.submissions.files import about_files
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.selectors import newest_report

MANY = 5  # tests: more than that need links to those to look at; more such links are as long as what they lead to


def shown(submission: Submission) -> dict[str, Any]:
    """The newest report and what to say of it; only `report` None while there is none."""
    row = newest_report(submission)
    if row is None:
        return {"report": None}
    verdict = Verdict.model_validate(row.document)
    lost = [(number, test) for number, test in enumerate(verdict.tests, 1) if test.outcome is not Outcome.PASSED]
    return {
        "report": row,
        "regrade": of_report(row),
        "verdict": verdict,
        "passed": len(verdict.tests) - len(lost),
        "failed": len(lost),
        "lost": lost if len(verdict.tests) > MANY >= len(lost) else [],
        "unread": unread(verdict),
        "notes": [*about_files(submission), *verdict.notes_apart],
    }


def unread(verdict: Verdict) -> str:
    """Why no test could run, where that is the one thing to say: every test would only repeat it. Or nothing."""
    reasons = {(test.outcome, test.message) for test in verdict.tests}
    if len(verdict.tests) < 2 or len(reasons) > 1 or verdict.tests[0].outcome is not Outcome.MISSING:
        return ""
    return verdict.tests[0].message
