"""The submissions of one repository as their author knows them again: by the commit's message and the tests passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kafedra.grading.judge.source import submission_file
from kafedra.web.classroom.git import contents
from kafedra.web.classroom.git.command import GitFailed
from kafedra.web.classroom.git.storage import repository_path
from kafedra.web.classroom.models import Report, Repository, Submission
from kafedra.web.classroom.selectors import Mark
from kafedra.web.runs import course


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission of the list. `tests` is 0 while there is no report."""

    mark: Mark
    subject: str = ""
    passed: int = 0
    tests: int = 0


def history(repository: Repository, marks: Sequence[Mark]) -> list[Entry]:
    """`marks`, which are of this repository, in their order. One query, and one question to git."""
    subjects, counts = _subjects(repository, [mark.commit for mark in marks]), _counts(repository)
    return [Entry(mark, subjects.get(mark.commit, ""), *counts.get(mark.id, (0, 0))) for mark in marks]


def notebook_of(repository: Repository) -> str:
    """The file that is graded."""
    assignment = course.current().assignments.get(repository.assignment)
    return assignment.notebook if assignment else f"{repository.assignment}.ipynb"


def notebooks_beside(submission: Submission) -> tuple[str, ...]:
    """Other notebooks in the repository, of which none was graded."""
    repository = submission.repository
    path, template = repository_path(repository), repository.template_digest
    try:
        return contents.notebooks_beside(path, template, submission.commit, notebook_of(repository))
    except GitFailed:
        return ()


def graded_instead(submission: Submission) -> str:
    """The file that was graded because the assignment's own notebook is not in the commit; or nothing."""
    repository, notebook = submission.repository, notebook_of(submission.repository)
    try:
        names = contents.top_names(repository_path(repository), submission.commit)
    except GitFailed:
        return ""
    return "" if notebook in names else submission_file(notebook, repository.assignment, names) or ""


def _subjects(repository: Repository, commits: Sequence[str]) -> dict[str, str]:
    try:
        return contents.subjects(repository_path(repository), commits)
    except GitFailed:
        return {}


def _counts(repository: Repository) -> dict[int, tuple[int, int]]:
    """How many tests passed, of how many, by submission; the newest report of each."""
    reports = Report.objects.filter(submission__repository=repository).order_by("created_at", "pk")
    return {pk: _count(document["tests"]) for pk, document in reports.values_list("submission_id", "document")}


def _count(tests: Sequence[dict[str, object]]) -> tuple[int, int]:
    return sum(test["outcome"] == "passed" for test in tests), len(tests)
