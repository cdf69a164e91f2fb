"""Two submissions of one student side by side: what changed in the notebook, and in the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kafedra.grading.report import Report as Verdict
from kafedra.grading.report import TestReport
from kafedra.notebooks.comparing import CellChange, compare_cells
from kafedra.web.submissions.changes import TestChange, changed_tests
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.notebooks import submitted
from kafedra.web.submissions.selectors import newest_report


@dataclass(frozen=True, slots=True)
class SubmissionComparison:
    """What is different. `problems` say why a notebook could not be read; the cells are those that changed."""

    cells: tuple[CellChange, ...]
    unchanged: int
    tests: tuple[TestChange, ...]
    problems: tuple[str, ...]


def compare(old: Submission, new: Submission) -> SubmissionComparison:
    """Cells and tests that differ between two submissions to the same repository."""
    before, after = submitted(old), submitted(new)
    changes = compare_cells(before.notebook.cells, after.notebook.cells)
    changed = tuple(change for change in changes if change.kind != "same")
    problems = tuple(opened.problem for opened in (before, after) if opened.problem)
    return SubmissionComparison(changed, len(changes) - len(changed), changed_tests(_tests(old), _tests(new)), problems)


def _tests(submission: Submission) -> Sequence[TestReport]:
    row = newest_report(submission)
    return Verdict.model_validate(row.document).tests if row else ()
