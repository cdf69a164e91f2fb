"""Reads of repositories, submissions and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Report, Repository, Submission

if TYPE_CHECKING:
    from kafedra.web.people.models import User


def repository_of(run: Run, assignment: str, student: User) -> Repository | None:
    """The student's repository, if the assignment was accepted."""
    return Repository.objects.select_related("run").filter(run=run, assignment=assignment, student=student).first()


def newest_report(submission: Submission) -> Report | None:
    """The report that counts for this submission."""
    return submission.reports.select_related("taken_from__submission").first()  # the newest comes first
