"""One submission in the hands of the executor: graded, tried again, or a fault of ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

import pytest
from tests.web import factories

from kafedra.course import Assignment
from kafedra.grading import GradingFault, Report, SandboxUnavailable, UnusableAssignment
from kafedra.web.classroom.executor import Stage, work
from kafedra.web.classroom.models import Run, State, Submission
from kafedra.web.classroom.services import accept_assignment
from kafedra.web.people.models import User


class Grader:
    """Says what it was told to say."""

    def __init__(self, *answers: Report | Exception) -> None:
        self.answers = list(answers)
        self.files: list[Mapping[str, bytes]] = []

    def grade(self, assignment: Assignment, files: Mapping[str, bytes], *, language: Literal["ru", "en"]) -> Report:
        self.files.append(files)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def submission(run: Run, student: User) -> Submission:
    repository = accept_assignment(student=student, run=run, assignment="activations")
    waiting = factories.pushed(repository)
    waiting.commit = repository.template_digest
    waiting.save()
    return waiting


def attempt(submission: Submission, grader: Grader) -> Stage:
    claimed = work.claim(submission.pk)
    assert claimed is not None
    stage = work.grade(claimed, grader)
    submission.refresh_from_db()
    return stage


def test_the_report_is_stored_with_the_judges_own_time(submission: Submission) -> None:
    grader = Grader(factories.verdict("0.6"))
    assert attempt(submission, grader) is Stage.GRADED
    assert submission.state == State.GRADED
    assert submission.reports.get().grading_seconds == timedelta(seconds=0.84).total_seconds()


def test_the_grader_gets_the_notebook(submission: Submission) -> None:
    grader = Grader(factories.verdict("1"))
    attempt(submission, grader)
    assert set(grader.files[0]) == {"activations.ipynb"}


def test_a_fault_of_ours_is_tried_again_and_costs_nothing(submission: Submission) -> None:
    grader = Grader(GradingFault("the judge died"), GradingFault("again"), factories.verdict("1"))
    assert [attempt(submission, grader) for _ in range(3)] == [Stage.WAITING, Stage.WAITING, Stage.GRADED]
    assert submission.reports.get().grading_seconds == 0.84


def test_after_three_tries_it_is_shown_as_ours_and_is_no_zero(submission: Submission) -> None:
    grader = Grader(*(GradingFault(f"try {number}") for number in (1, 2, 3)))
    assert [attempt(submission, grader) for _ in range(3)] == [Stage.WAITING, Stage.WAITING, Stage.FAULT]
    assert submission.state == State.FAULT
    assert "try 3" in submission.fault
    assert not submission.reports.exists()


def test_a_surprise_is_a_fault_of_ours_too(submission: Submission) -> None:
    assert attempt(submission, Grader(RuntimeError("nobody thought of this"))) is Stage.WAITING


def test_a_broken_assignment_is_not_tried_again(submission: Submission) -> None:
    assert attempt(submission, Grader(UnusableAssignment("tests/test_x.py: no such module"))) is Stage.FAULT


def test_without_a_sandbox_it_goes_back_into_the_queue(submission: Submission) -> None:
    with pytest.raises(SandboxUnavailable):
        attempt(submission, Grader(SandboxUnavailable("no bubblewrap")))
    submission.refresh_from_db()
    assert submission.state == State.WAITING


def test_what_is_graded_already_is_not_claimed(submission: Submission) -> None:
    attempt(submission, Grader(factories.verdict("1")))
    assert work.claim(submission.pk) is None
