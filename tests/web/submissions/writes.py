"""The writes of what is handed in and graded."""

from __future__ import annotations

from datetime import timedelta

from tests.web import factories
from tests.web.cases import Act, World, exempt, writes

from kafedra.web.submissions import services
from kafedra.web.submissions.models import Submission


def _pushed(w: World) -> Submission:
    return factories.pushed(factories.repository(w.student, w.run))


def _being_graded(w: World) -> Submission:
    submission = _pushed(w)
    assert services.start_grading(submission=submission)
    return submission


@writes(services.accept_assignment)
def accepting(w: World) -> Act:
    return lambda: services.accept_assignment(student=w.student, run=w.run, assignment="activations")


@writes(services.record_push)
def a_push(w: World) -> Act:
    repository = factories.repository(w.student, w.run)
    return lambda: factories.pushed(repository)


@writes(services.start_grading)
def the_start_of_grading(w: World) -> Act:
    submission = _pushed(w)
    return lambda: services.start_grading(submission=submission)


@writes(services.give_back)
def giving_back(w: World) -> Act:
    submission = _being_graded(w)
    return lambda: services.give_back(submission=submission)


@writes(services.try_again)
def trying_again(w: World) -> Act:
    submission = _being_graded(w)
    services.store_fault(submission=submission, fault="ours")
    return lambda: services.try_again(submission=submission)


@writes(services.take_up_unfinished)
def taking_up(w: World) -> Act:
    _being_graded(w)
    return services.take_up_unfinished


@writes(services.store_report)
def a_report(w: World) -> Act:
    submission, told = _being_graded(w), {"report": factories.verdict("1"), "grading_time": timedelta(seconds=1)}
    return lambda: services.store_report(submission=submission, **told)


@writes(services.grade_again)
def grading_again(w: World) -> Act:
    submission = factories.graded(factories.repository(w.student, w.run), "0.5")
    return lambda: services.grade_again(submission=submission, by=w.instructor)


@writes(services.release_stuck)
def releasing(w: World) -> Act:
    submission = _being_graded(w)
    return lambda: services.release_stuck(submission=submission)


@writes(services.store_fault)
def a_fault(w: World) -> Act:
    submission = _being_graded(w)
    return lambda: services.store_fault(submission=submission, fault="ours")


exempt("whoever adds one says in the record why", services.add_report)
