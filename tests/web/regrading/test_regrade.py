"""Grading again after the tests changed: what is shown first, what is applied, what is left alone, what comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.web import factories
from tests.web.regrading.conftest import FAILED, FIRST_SEED, PASSED, ChangedTests, Handed, verdict

from kafedra.grading import GradingFault, SandboxUnavailable, fingerprint
from kafedra.web.notices.models import Notice
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.regrading import selectors, services, trials, verbs
from kafedra.web.regrading.comparing import Effect
from kafedra.web.regrading.models import Regrade, RegradeStage, TrialState
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.standings.selectors import standing_for
from kafedra.web.submissions.models import Report
from kafedra.web.submissions.services.verdicts import add_report

Go = Callable[..., Regrade]
BOTH, HALF = {"a": PASSED, "b": PASSED}, {"a": PASSED, "b": FAILED}


def points(student: User, run: Run) -> Decimal | None:
    return standing_for(student, run).line("activations").points


def test_until_it_is_applied_nothing_moves(run: Run, student: User, handed: Handed, regrade: Go) -> None:
    handed(student, HALF, BOTH)
    row = regrade()
    assert row.stage == RegradeStage.READY
    assert points(student, run) == Decimal("0.5")
    assert Report.everything.count() == 1


def test_who_gains_and_who_loses_and_why(
    run: Run, student: User, other_student: User, handed: Handed, regrade: Go
) -> None:
    handed(student, HALF, BOTH)
    handed(other_student, BOTH, HALF)
    preview = selectors.preview(regrade())
    lost, won = preview.findings
    assert (lost.student, lost.change, won.student, won.change) == (
        other_student,
        Effect.LOSE,
        student,
        Effect.GAIN,
    )
    assert lost.compared is not None
    [test] = lost.compared.tests
    assert test.before is not None
    assert test.after is not None
    assert (test.title, test.before.outcome, test.after.outcome) == ("b", PASSED, FAILED)
    assert (preview.standings.gainers, preview.standings.losers) == (1, 1)


def test_applied_it_counts_and_the_time_of_the_submission_stays(
    run: Run, student: User, instructor: User, handed: Handed, regrade: Go
) -> None:
    submission = handed(student, HALF, BOTH)
    before = standing_for(student, run).line("activations").score
    row = services.apply(regrade=regrade(), by=instructor, reason="b was wrong")
    after = standing_for(student, run).line("activations").score
    assert before is not None
    assert after is not None
    assert (after.points, after.submitted_at) == (Decimal(1), before.submitted_at)
    assert (row.stage, row.counts, row.tests_before) == (RegradeStage.APPLIED, {"gain": 1}, "0ld")
    assert submission.reports.all()[0].trial.regrade == row


def test_one_line_for_the_operation_and_one_for_each_student_it_moves(
    student: User, other_student: User, instructor: User, handed: Handed, regrade: Go
) -> None:
    handed(student, HALF, BOTH)
    handed(other_student, BOTH, BOTH)
    services.apply(regrade=regrade(), by=instructor, reason="b was wrong")
    [operation] = Entry.objects.filter(verb=verbs.REGRADE_APPLIED)
    assert (operation.who, operation.why) == (instructor, "b was wrong")
    assert operation.before == {"tests_digest": "0ld"}
    assert operation.after.items() >= {"gain": 1, "same": 1}.items()
    [moved] = Entry.objects.filter(verb=verbs.REGRADED)
    assert (moved.concerns, moved.before, moved.after) == (student, {"points": "0.5"}, {"points": "1.0"})
    assert [notice.user for notice in Notice.objects.filter(news="points.regraded")] == [student]


def test_undone_it_is_as_before_and_both_stay_on_record(
    run: Run, student: User, instructor: User, handed: Handed, regrade: Go
) -> None:
    submission = handed(student, HALF, BOTH)
    row = services.apply(regrade=regrade(), by=instructor, reason="b was wrong")
    services.undo(regrade=row, by=instructor)
    assert points(student, run) == Decimal("0.5")
    assert submission.reports.get().document["tests"][1]["outcome"] == "failed"
    assert Report.everything.filter(submission=submission).count() == 2
    assert Entry.objects.filter(verb=verbs.REGRADE_UNDONE).count() == 1
    with pytest.raises(services.NotReady):
        services.undo(regrade=row, by=instructor)


def test_an_older_submission_that_would_count_now_is_graded_too(
    run: Run, student: User, instructor: User, handed: Handed, regrade: Go
) -> None:
    older = handed(student, BOTH, {"a": FAILED, "b": FAILED}, at=factories.IN_TIME - timedelta(days=1))
    best = handed(student, BOTH, HALF, at=factories.IN_TIME - timedelta(days=2))
    row = regrade()
    assert {trial.submission for trial in row.trials.all()} == {best, older}, "else it would keep its old points"
    services.apply(regrade=row, by=instructor, reason="b was too mild")
    assert points(student, run) == Decimal("0.5")


def test_what_does_not_count_is_left_alone_unless_asked_for(student: User, handed: Handed, regrade: Go) -> None:
    handed(student, {"a": FAILED, "b": FAILED}, BOTH)
    best = handed(student, HALF, HALF, at=factories.IN_TIME + timedelta(hours=1))
    assert [trial.submission for trial in regrade().trials.all()] == [best]
    assert regrade(whole=True).trials.count() == 2


def test_only_the_students_named(student: User, other_student: User, handed: Handed, regrade: Go) -> None:
    handed(student, HALF, BOTH)
    theirs = handed(other_student, HALF, BOTH)
    assert [trial.submission for trial in regrade(students=[other_student]).trials.all()] == [theirs]


def test_what_changes_with_the_seed_only_moves_nobody(
    run: Run, student: User, instructor: User, handed: Handed, regrade: Go
) -> None:
    submission = handed(student, BOTH, HALF, other=BOTH)
    row = regrade()
    preview = selectors.preview(row)
    [finding] = preview.findings
    assert finding.change is Effect.SEED_ONLY
    assert preview.flaky == {"test_b.py::test_b": 1}
    assert preview.standings.shifts == ()
    services.apply(regrade=row, by=instructor, reason="a test was reworded")
    assert points(student, run) == Decimal(1)
    assert submission.reports.count() == 1


def test_a_flaky_test_beside_a_real_change_is_named_and_the_change_counts(
    student: User, handed: Handed, regrade: Go
) -> None:
    handed(student, BOTH, {"a": FAILED, "b": FAILED}, other={"a": FAILED, "b": PASSED})
    [finding] = selectors.preview(regrade()).findings
    assert finding.change is Effect.LOSE
    assert finding.compared is not None
    assert {test.title: test.flaky for test in finding.compared.tests} == {"a": False, "b": True}


def test_a_test_that_is_new_is_a_real_change_even_if_it_is_flaky(student: User, handed: Handed, regrade: Go) -> None:
    handed(student, {"a": PASSED}, {"a": PASSED, "b": PASSED}, other={"a": PASSED, "b": FAILED})
    [finding] = selectors.preview(regrade()).findings
    assert finding.change is Effect.GAIN


def test_the_first_run_has_the_seed_of_the_report_that_counts(
    student: User, handed: Handed, regrade: Go, changed: ChangedTests
) -> None:
    handed(student, HALF, BOTH)
    regrade()
    (_, first), (_, second) = changed.asked
    assert first == FIRST_SEED != second


def test_where_neither_code_nor_tests_changed_nothing_is_run(
    student: User, handed: Handed, regrade: Go, changed: ChangedTests
) -> None:
    submission = handed(student, HALF, BOTH)
    mark = fingerprint(course.current().assignments["activations"], {"commit": submission.commit.encode()})
    submission.reports.update(fingerprint=mark)
    [finding] = selectors.preview(regrade()).findings
    assert finding.change is Effect.SAME
    assert changed.asked == []


def test_what_could_not_be_graded_keeps_its_report(
    run: Run, student: User, instructor: User, handed: Handed, regrade: Go, changed: ChangedTests
) -> None:
    handed(student, HALF, GradingFault("the judge died"))
    row = regrade()
    [finding] = selectors.preview(row).findings
    assert (finding.change, finding.trial.fault) == (Effect.NOT_GRADED, "GradingFault: the judge died")
    assert len(changed.asked) == 3, "a fault of ours is tried again"
    services.apply(regrade=row, by=instructor, reason="a test was corrected")
    assert points(student, run) == Decimal("0.5")


def test_without_a_sandbox_it_waits(
    run: Run, student: User, instructor: User, handed: Handed, changed: ChangedTests
) -> None:
    handed(student, HALF, SandboxUnavailable("no namespaces"))
    row = services.begin(run=run, assignment="activations", by=instructor)
    [trial] = row.trials.all()
    with pytest.raises(SandboxUnavailable):
        trials.run(trial.pk, changed)
    trial.refresh_from_db()
    assert trial.state == TrialState.WAITING


def test_a_submission_that_was_graded_again_meanwhile_is_left_alone(
    run: Run, student: User, instructor: User, handed: Handed, regrade: Go
) -> None:
    submission = handed(student, HALF, BOTH)
    row = regrade()
    add_report(submission=submission, report=verdict({"a": FAILED}), grading_time=timedelta(seconds=1), tests_digest="")
    assert [finding.change for finding in selectors.preview(row).findings] == [Effect.SUPERSEDED]
    services.apply(regrade=row, by=instructor, reason="a test was corrected")
    assert points(student, run) == 0


def test_interrupted_while_it_is_applied_nothing_is_applied(
    run: Run, student: User, other_student: User, instructor: User, handed: Handed, regrade: Go,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    handed(student, HALF, BOTH)
    handed(other_student, HALF, BOTH)
    row, kept = regrade(), []

    def power_cut(**report: object) -> Report:
        kept.append(add_report(**report))  # type: ignore[arg-type]
        if len(kept) == 2:
            raise KeyboardInterrupt
        return kept[-1]

    monkeypatch.setattr(services, "add_report", power_cut)
    with pytest.raises(KeyboardInterrupt):
        services.apply(regrade=row, by=instructor, reason="b was wrong")
    assert Report.everything.count() == 2
    row.refresh_from_db()
    assert row.stage == RegradeStage.READY
    assert [points(one, run) for one in (student, other_student)] == [Decimal("0.5")] * 2


def test_it_is_applied_once(student: User, instructor: User, handed: Handed, regrade: Go) -> None:
    handed(student, HALF, BOTH)
    row = regrade()
    services.apply(regrade=row, by=instructor, reason="b was wrong")
    with pytest.raises(services.NotReady):
        services.apply(regrade=row, by=instructor, reason="b was wrong")


def test_another_one_takes_the_place_of_an_open_one(student: User, handed: Handed, regrade: Go) -> None:
    handed(student, HALF, BOTH)
    first, second = regrade(), regrade(whole=True)
    first.refresh_from_db()
    assert (first.stage, second.stage) == (RegradeStage.DISCARDED, RegradeStage.READY)


def test_the_same_one_begun_again_is_the_open_one(student: User, handed: Handed, regrade: Go) -> None:
    handed(student, HALF, BOTH)
    assert regrade() == regrade()


def test_what_was_handed_in_since_is_in_the_one_begun_again(
    student: User, other_student: User, handed: Handed, regrade: Go
) -> None:
    handed(student, HALF, BOTH)
    first = regrade()
    handed(other_student, HALF, BOTH)
    assert regrade().trials.count() == 2
    first.refresh_from_db()
    assert first.stage == RegradeStage.DISCARDED


def test_trials_of_a_discarded_one_are_not_run(
    run: Run, student: User, instructor: User, handed: Handed, changed: ChangedTests
) -> None:
    handed(student, HALF, BOTH)
    row = services.begin(run=run, assignment="activations", by=instructor)
    services.discard(regrade=row, by=instructor)
    trials.run(row.trials.get().pk, changed)
    assert changed.asked == []


def test_staff_who_try_an_assignment_are_not_in_it(assistant: User, handed: Handed, regrade: Go) -> None:
    handed(assistant, HALF, BOTH)
    row = regrade()
    assert (row.stage, row.trials.count()) == (RegradeStage.READY, 0)


def test_the_executor_is_offered_what_waits(
    run: Run, student: User, instructor: User, handed: Handed, changed: ChangedTests
) -> None:
    handed(student, HALF, BOTH)
    row = services.begin(run=run, assignment="activations", by=instructor)

    class Offered:
        def offer(self, key: str, task: Callable[[ChangedTests], None], *, gpu: bool = False) -> None:
            task(changed)

    assert trials.take_up(Offered()) == 1  # type: ignore[arg-type]  # as much of an executor as is needed
    row.refresh_from_db()
    assert row.stage == RegradeStage.READY
