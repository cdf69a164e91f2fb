"""The writes of what is handed in and graded."""

from __future__ import annotations

from datetime import timedelta

from tests.web import factories
from tests.web.cases import Act, World, exempt, writes

from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.services import handing_in, verdicts


def _pushed(w: World) -> Submission:
    return factories.pushed(factories.repository(w.student, w.run))


def _being_graded(w: World) -> Submission:
    submission = _pushed(w)
    assert verdicts.start_grading(submission=submission)
    return submission


@writes(handing_in.accept_assignment)
def accepting(w: World) -> Act:
    return lambda: handing_in.accept_assignment(student=w.student, run=w.run, assignment="activations")


@writes(handing_in.record_push)
def a_push(w: World) -> Act:
    repository = factories.repository(w.student, w.run)
    return lambda: factories.pushed(repository)


@writes(verdicts.start_grading)
def the_start_of_grading(w: World) -> Act:
    submission = _pushed(w)
    return lambda: verdicts.start_grading(submission=submission)


@writes(verdicts.give_back)
def giving_back(w: World) -> Act:
    submission = _being_graded(w)
    return lambda: verdicts.give_back(submission=submission)


@writes(verdicts.try_again)
def trying_again(w: World) -> Act:
    submission = _being_graded(w)
    verdicts.store_fault(submission=submission, fault="ours")
    return lambda: verdicts.try_again(submission=submission)


@writes(verdicts.take_up_unfinished)
def taking_up(w: World) -> Act:
    _being_graded(w)
    return verdicts.take_up_unfinished


@writes(verdicts.store_report)
def a_report(w: World) -> Act:
    submission, told = _being_graded(w), {"report": factories.verdict("1"), "grading_time": timedelta(seconds=1)}
    return lambda: verdicts.store_report(submission=submission, **told)


@writes(verdicts.grade_again)
def grading_again(w: World) -> Act:
    submission = factories.graded(factories.repository(w.student, w.run), "0.5")
    return lambda: verdicts.grade_again(submission=submission, by=w.instructor)


@writes(verdicts.release_stuck)
def releasing(w: World) -> Act:
    submission = _being_graded(w)
    return lambda: verdicts.release_stuck(submission=submission)


@writes(verdicts.store_fault)
def a_fault(w: World) -> Act:
    submission = _being_graded(w)
    return lambda: verdicts.store_fault(submission=submission, fault="ours")


exempt("whoever adds one says in the record why", verdicts.add_report)
