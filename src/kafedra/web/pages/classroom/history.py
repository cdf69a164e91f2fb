"""The submissions of one repository as their author knows them again: by the commit's message and the tests passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kafedra.web.git import contents
from kafedra.web.git.command import GitFailed
from kafedra.web.standings.pushed import Mark
from kafedra.web.submissions.models import Report, Repository
from kafedra.web.submissions.storage import repository_path


@dataclass(frozen=True, slots=True)
class ListedSubmission:
    """One submission of the list. `tests` is 0 while there is no report."""

    mark: Mark
    subject: str = ""
    passed: int = 0
    tests: int = 0


def history(repository: Repository, marks: Sequence[Mark]) -> list[ListedSubmission]:
    """`marks`, which are of this repository, in their order. One query, and one question to git."""
    subjects, counts = _subjects(repository, [mark.commit for mark in marks]), _counts(repository)
    return [ListedSubmission(mark, subjects.get(mark.commit, ""), *counts.get(mark.id, (0, 0))) for mark in marks]


def _subjects(repository: Repository, commits: Sequence[str]) -> dict[str, str]:
    try:
        return contents.subjects(repository_path(repository), commits)
    except GitFailed:
        return {}


def _counts(repository: Repository) -> dict[int, tuple[int, int]]:
    """How many tests passed, of how many, by submission; the newest report of each."""
    reports = Report.objects.filter(submission__repository=repository).newest_values("document")
    return {pk: _count(document["tests"]) for pk, (document,) in reports.items()}


def _count(tests: Sequence[dict[str, object]]) -> tuple[int, int]:
    return sum(test["outcome"] == "passed" for test in tests), len(tests)
