"""One submission in the hands of the executor: graded, tried again, or a fault of ours."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.web import factories
from tests.web.executor.told import Told, answered

from kafedra.grading import GradingFault, Job, Outcome, Report, SandboxUnavailable, TestReport, UnusableAssignment
from kafedra.web.executor import Stage, work
from kafedra.web.executor.interface import OnTest
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import State, Submission
from kafedra.web.submissions.services.handing_in import accept_assignment
from kafedra.web.submissions.services.verdicts import grade_again, release_stuck


class Grader(Told):
    """Says what it was told to say."""

    def __init__(self, *answers: Report | Exception) -> None:
        super().__init__(promised=next((one for one in answers if isinstance(one, Report)), None))
        self.answers = list(answers)
        self.jobs: list[Job] = []

    def grade(self, job: Job, on_test: OnTest) -> Report:
        self.jobs.append(job)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answered(answer, job)


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
    assert set(grader.jobs[0].files) == {"activations.ipynb"}


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
        attempt(submission, Grader(SandboxUnavailable("no namespaces")))
    submission.refresh_from_db()
    assert submission.state == State.WAITING


def test_what_is_graded_already_is_not_claimed(submission: Submission) -> None:
    attempt(submission, Grader(factories.verdict("1")))
    assert work.claim(submission.pk) is None


def pushed_again(first: Submission, student: User | None = None) -> Submission:
    """The same commit once more: of the same student, or of another."""
    repository = first.repository
    if student is not None:
        repository = accept_assignment(student=student, run=repository.run, assignment="activations")
    second = factories.pushed(repository, at=factories.NOW + timedelta(hours=repository.submissions.count()))
    second.commit = first.commit
    second.save()
    return second


def test_the_same_code_again_takes_the_verdict_over(submission: Submission) -> None:
    first, never_asked = Grader(factories.verdict("0.6")), Grader()
    attempt(submission, first)
    second = pushed_again(submission)
    assert attempt(second, never_asked) is Stage.GRADED
    report = second.reports.get()
    made = submission.reports.get()
    assert (report.points, report.document["reused"], report.seed) == (made.points, True, made.seed)
    assert report.taken_from == submission.reports.get()
    assert report.grading_seconds == report.document["seconds"] < 0.84, "what taking it over took, no more"


def test_a_verdict_that_was_taken_over_leads_to_the_one_that_was_made(submission: Submission) -> None:
    attempt(submission, Grader(factories.verdict("0.6")))
    second, third = pushed_again(submission), pushed_again(submission)
    attempt(second, Grader())
    attempt(third, Grader())
    assert third.reports.get().taken_from == submission.reports.get()


def test_nobody_gets_the_verdict_of_another_student(submission: Submission, other_student: User) -> None:
    attempt(submission, Grader(factories.verdict("0.6")))
    theirs = pushed_again(submission, other_student)
    attempt(theirs, Grader(factories.verdict("0.7")))
    assert theirs.reports.get().taken_from is None


@pytest.mark.parametrize("outcome", [Outcome.TIMEOUT, Outcome.MEMORY, Outcome.CRASHED])
def test_what_may_have_been_the_machines_doing_is_run_again(submission: Submission, outcome: Outcome) -> None:
    found = factories.verdict("0.6")
    attempt(submission, Grader(found.model_copy(update={"tests": (with_outcome(found, outcome),)})))
    second = pushed_again(submission)
    attempt(second, Grader(factories.verdict("1")))
    assert not second.reports.get().document["reused"]


def with_outcome(report: Report, outcome: Outcome) -> TestReport:
    return report.tests[0].model_copy(update={"outcome": outcome, "points": Decimal(0)})


def test_in_another_language_it_is_run_again(submission: Submission) -> None:
    attempt(submission, Grader(factories.verdict("0.6")))
    student = submission.repository.student
    student.language = "en"
    student.save()
    second = pushed_again(submission)
    attempt(second, Grader(factories.verdict("0.6").model_copy(update={"language": "en"})))
    assert not second.reports.get().document["reused"]


def test_staff_can_have_it_run_again(submission: Submission, instructor: User) -> None:
    attempt(submission, Grader(factories.verdict("0.6")))
    second = pushed_again(submission)
    attempt(second, Grader())
    assert grade_again(submission=second, by=instructor)
    assert second.reports.count() == 1, "until the new one is there the old one counts"
    attempt(second, Grader(factories.verdict("0.8")))
    newest = second.reports.all()[0]
    assert (newest.points, newest.document["reused"]) == (Decimal("0.8"), False)
    assert not second.fresh
    assert not grade_again(submission=pushed_again(submission), by=instructor), "it waits already"


def test_tests_that_change_while_they_run_leave_no_verdict_to_take_over(submission: Submission) -> None:
    attempt(submission, Grader(factories.verdict("0.6").model_copy(update={"fingerprint": "another"})))
    assert submission.reports.get().fingerprint == ""


def test_a_report_that_claims_what_the_tests_do_not_give_is_a_fault_of_ours(submission: Submission) -> None:
    honest = factories.verdict("0.6")
    rich = honest.tests[0].model_copy(update={"points": Decimal(5), "max_points": Decimal(5)})
    forged = Grader(honest.model_copy(update={"tests": (rich, *honest.tests[1:])}))
    forged.promised = honest
    assert attempt(submission, forged) is Stage.WAITING
    assert not submission.reports.exists()


def test_who_was_given_up_settles_nothing(submission: Submission) -> None:
    late = work.claim(submission.pk)
    assert late is not None
    assert release_stuck(submission=Submission.objects.get(pk=submission.pk))
    again = work.claim(submission.pk)
    assert again is not None
    assert work.grade(late, Grader(factories.verdict("1"))) is Stage.POSTPONED
    submission.refresh_from_db()
    assert (submission.state, submission.reports.count()) == (State.RUNNING, 0), "it is in other hands"
    assert work.grade(again, Grader(factories.verdict("0.6"))) is Stage.GRADED
    assert submission.reports.get().points == Decimal("0.6")


def test_pushing_on_draws_from_four_seeds_and_no_more(
    submission: Submission, other_student: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seed_of(content: int, of: Submission) -> int | None:
        monkeypatch.setattr(work, "files_of", lambda *_: {"activations.ipynb": b"# %d" % content})
        grader = Grader(factories.verdict("0.6"))
        assert attempt(of, grader) is Stage.GRADED
        seed = grader.jobs[0].seed
        assert seed == of.reports.get().seed
        return seed

    own = {seed_of(content, pushed_again(submission)) for content in range(24)}
    assert len(own) == 4
    others = {seed_of(content, pushed_again(submission, other_student)) for content in range(24)}
    assert len(others) == 4
    assert own.isdisjoint(others)
