"""What becomes of a push: stored first, graded once, taken up again after an accident."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import connection
from tests.web import factories

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.standings.selectors import standing_for
from kafedra.web.submissions.models import State, Submission
from kafedra.web.submissions.services import handing_in, verdicts


def test_the_same_push_is_one_submission(run: Run, student: User) -> None:
    repository = factories.repository(student, run)
    push = {
        "repository": repository,
        "commit": "a" * 40,
        "pushed_at": factories.NOW,
        "protected_changes": ["probes.py"],
    }
    assert handing_in.record_push(**push) == handing_in.record_push(**push)
    assert Submission.objects.get().protected_changes == ["probes.py"]


def test_two_workers_do_not_grade_the_same(run: Run, student: User) -> None:
    submission = factories.pushed(factories.repository(student, run))
    assert verdicts.start_grading(submission=submission)
    assert not verdicts.start_grading(submission=Submission.objects.get(pk=submission.pk))
    assert (submission.state, submission.attempts) == (State.RUNNING, 1)


def test_what_was_interrupted_waits_again(run: Run, student: User) -> None:
    repository = factories.repository(student, run)
    interrupted, waiting = factories.pushed(repository), factories.pushed(repository, factories.NOW)
    done = factories.graded(repository)
    verdicts.start_grading(submission=interrupted)
    assert verdicts.take_up_unfinished() == 2
    states = dict(Submission.objects.values_list("pk", "state"))
    assert states == {interrupted.pk: "waiting", waiting.pk: "waiting", done.pk: "graded"}


def test_the_newest_report_counts(run: Run, student: User, instructor: User) -> None:
    submission = factories.graded(factories.repository(student, run), "0.35")
    assert verdicts.grade_again(submission=submission, by=instructor)
    verdicts.start_grading(submission=submission)
    verdicts.store_report(submission=submission, report=factories.verdict("1"), grading_time=timedelta(seconds=1))
    assert standing_for(student, run).standing.homework == Decimal(1)
    assert submission.reports.count() == 2


def test_grading_time_counts_and_waiting_does_not(run: Run, student: User, instructor: User) -> None:
    line = standing_for(student, run).line("activations")
    assert line.deadline is not None
    submission = factories.pushed(factories.repository(student, run), line.deadline - timedelta(seconds=1))
    verdicts.start_grading(submission=submission)
    verdicts.store_report(submission=submission, report=factories.verdict("1"), grading_time=timedelta(seconds=0.5))
    assert standing_for(student, run).standing.homework == Decimal(1)
    assert verdicts.grade_again(submission=submission, by=instructor)
    verdicts.start_grading(submission=submission)
    verdicts.store_report(submission=submission, report=factories.verdict("1"), grading_time=timedelta(seconds=2))
    assert standing_for(student, run).standing.homework == Decimal("0.9")


def test_a_fault_is_worth_nothing_and_costs_nothing(run: Run, student: User) -> None:
    repository = factories.repository(student, run)
    factories.graded(repository, "0.5")
    failed = factories.pushed(repository, factories.NOW)
    verdicts.start_grading(submission=failed)
    verdicts.store_fault(submission=failed, fault="ours")
    assert standing_for(student, run).standing.homework == Decimal("0.5")


def test_sqlite_waits_for_its_turn_and_survives_a_power_cut(db: None) -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        values = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert values == ["wal", 2, 1]
