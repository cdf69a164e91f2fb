"""Two submissions of one student side by side: what changed in the notebook, and in the verdict."""

from __future__ import annotations

from dataclasses import dataclass

from kafedra.grading.report import Report as Verdict
from kafedra.grading.report import TestReport
from kafedra.notebooks.comparing import CellChange, compare_cells
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.notebooks import submitted
from kafedra.web.submissions.selectors import newest_report


@dataclass(frozen=True, slots=True)
class TestChange:
    """One test that ended differently; None where there was no such test or no report."""

    before: TestReport | None
    after: TestReport | None

    @property
    def test(self) -> TestReport:
        """The test, as the newer report tells of it."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different. `problems` say why a notebook could not be read; the cells are those that changed."""

    cells: tuple[CellChange, ...]
    unchanged: int
    tests: tuple[TestChange, ...]
    problems: tuple[str, ...]


def compare(old: Submission, new: Submission) -> Comparison:
    """Cells and tests that differ between two submissions to the same repository."""
    before, after = submitted(old), submitted(new)
    changes = compare_cells(before.notebook.cells, after.notebook.cells)
    changed = tuple(change for change in changes if change.kind != "same")
    problems = tuple(opened.problem for opened in (before, after) if opened.problem)
    return Comparison(changed, len(changes) - len(changed), _tests(old, new), problems)


def _tests(old: Submission, new: Submission) -> tuple[TestChange, ...]:
    before, after = _by_id(old), _by_id(new)
    pairs = (TestChange(before.get(name), after.get(name)) for name in dict.fromkeys([*after, *before]))
    return tuple(pair for pair in pairs if _outcome(pair.before) != _outcome(pair.after))


def _outcome(test: TestReport | None) -> str:
    return test.outcome.value if test else ""


def _by_id(submission: Submission) -> dict[str, TestReport]:
    row = newest_report(submission)
    return {test.id: test for test in Verdict.model_validate(row.document).tests} if row else {}
