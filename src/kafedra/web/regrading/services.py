"""Beginning, applying, undoing a regrade. Nobody's points move but in `apply` and `undo`, each one transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.course import load_assignment
from kafedra.grading import Report as Verdict
from kafedra.grading import tests_digest
from kafedra.web import clock
from kafedra.web.notices.services import tell
from kafedra.web.record.labels import of_work
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb
from kafedra.web.regrading import news, selectors, verbs
from kafedra.web.regrading.comparing import Effect
from kafedra.web.regrading.models import Regrade, RegradeStage, Trial, TrialState
from kafedra.web.regrading.selectors import TrialOutcome
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions.addresses import page_of
from kafedra.web.submissions.models import Report
from kafedra.web.submissions.services.verdicts import add_report

if TYPE_CHECKING:
    from kafedra.web.people.models import User


class NotReady(RuntimeError):
    """The regrade is not at the stage at which this could be done; somebody else was faster, or it still grades."""


@transaction.atomic
def begin(
    *, run: Run, assignment: str, by: User | None, reason: str = "", students: Sequence[User] = (), whole: bool = False
) -> Regrade:
    """Write down what is to be graded again.

    Where the same is open already, by the same tests and about everything there is by now, that one is returned; any
    other open regrade of the assignment is discarded for the new one. `students` empty means all. Raises KeyError for
    an unknown assignment, CourseError for one with mistakes.
    """
    loaded = load_assignment(course.current().assignments[assignment].root)
    only, digest = sorted(student.pk for student in students), tests_digest(loaded)
    Run.objects.select_for_update().get(pk=run.pk)  # who starts it a second time waits here, and finds the first
    for row in selectors.open_regrades(run, assignment):
        same = (row.tests_after, row.whole, sorted(row.only)) == (digest, whole, only)
        if same and selectors.covers_everything(row):
            return row
        discard(regrade=row, by=by)
    regrade = Regrade.objects.create(
        run=run, assignment=assignment, reason=reason, whole=whole, only=only, begun_by=by, tests_after=digest
    )
    reports = selectors.targets(regrade)
    known = Counter(report.tests_digest for report in reports)
    regrade.tests_before = known.most_common(1)[0][0] if known else ""
    regrade.save(update_fields=["tests_before"])
    _add_trials(regrade, reports)
    _record(verbs.REGRADE_BEGUN, regrade, by, after={"submissions": len(reports)})
    _finish_if_over(regrade)
    return regrade


def _add_trials(regrade: Regrade, reports: Sequence[Report]) -> None:
    Trial.objects.bulk_create(Trial(regrade=regrade, submission=report.submission, before=report) for report in reports)


@transaction.atomic
def keep_trial(*, trial: Trial, first: Verdict, second: Verdict | None) -> None:
    """Keep what the changed tests say; it counts for nothing until the regrade is applied."""
    trial.first = json.loads(first.model_dump_json())
    trial.second = None if second is None else json.loads(second.model_dump_json())
    trial.state = TrialState.DONE
    trial.save(update_fields=["first", "second", "state"])
    _finish_if_over(trial.regrade)


@transaction.atomic
def keep_fault(*, trial: Trial, fault: str) -> None:
    """The submission could not be graded, through no fault of its author; its old report stays."""
    trial.state, trial.fault = TrialState.FAULT, fault
    trial.save(update_fields=["state", "fault"])
    _finish_if_over(trial.regrade)


def _finish_if_over(regrade: Regrade) -> None:
    """Ready when nothing waits any more, unless what was found makes another submission count."""
    if regrade.trials.filter(state=TrialState.WAITING).exists():
        return
    more = selectors.missing(regrade)
    if more:
        _add_trials(regrade, more)
    else:
        Regrade.objects.filter(pk=regrade.pk, stage=RegradeStage.GRADING).update(stage=RegradeStage.READY)


def _at(regrade: Regrade, *stages: RegradeStage) -> Regrade:
    """The row, locked, if it is at one of these stages. Raises NotReady."""
    row = Regrade.objects.select_for_update().filter(pk=regrade.pk, stage__in=stages).select_related("run").first()
    if row is None:
        raise NotReady(str(regrade))
    return row


@transaction.atomic
def discard(*, regrade: Regrade, by: User | None) -> None:
    """Leave everything as it is. Raises NotReady."""
    row = _at(regrade, RegradeStage.GRADING, RegradeStage.READY)
    row.stage = RegradeStage.DISCARDED
    row.save(update_fields=["stage"])
    _record(verbs.REGRADE_DISCARDED, row, by)


@transaction.atomic
def apply(*, regrade: Regrade, by: User | None, reason: str) -> Regrade:
    """Let the new reports count, all at once. Raises NotReady.

    Left alone are submissions whose outcome changed with the seed only, that could not be graded, or that were
    graded again meanwhile. The time that counts as grading stays that of the old report.
    """
    row = _at(regrade, RegradeStage.READY)
    preview = selectors.preview(row)
    for finding in preview.findings:
        if finding.change.applies:
            _apply_one(row, finding, by, reason)
    row.stage, row.reason, row.applied_by, row.applied_at = RegradeStage.APPLIED, reason, by, clock.now()
    row.counts = preview.counts
    row.save(update_fields=["stage", "reason", "applied_by", "applied_at", "counts"])
    _record(
        verbs.REGRADE_APPLIED,
        row,
        by,
        before={"tests_digest": row.tests_before},
        after={"tests_digest": row.tests_after, **row.counts},
    )
    return row


def _apply_one(regrade: Regrade, finding: TrialOutcome, by: User | None, reason: str) -> None:
    trial = finding.trial
    trial.result = add_report(
        submission=trial.submission,
        report=Verdict.model_validate(trial.first),
        grading_time=timedelta(seconds=trial.before.grading_seconds),
        tests_digest=regrade.tests_after,
    )
    trial.save(update_fields=["result"])
    if finding.has_differences:
        _tell(regrade, finding, by, verbs.REGRADED, reason)


@transaction.atomic
def undo(*, regrade: Regrade, by: User | None, reason: str = "") -> Regrade:
    """Withdraw the reports of an applied regrade: those before them count again. Raises NotReady."""
    row = _at(regrade, RegradeStage.APPLIED)
    now = clock.now()
    Report.everything.filter(trial__regrade=row).update(withdrawn_at=now)
    for finding in selectors.findings(row):
        if finding.trial.result_id and finding.has_differences:
            _tell(row, finding, by, verbs.REGRADE_TAKEN_BACK, reason)
    row.stage, row.undone_by, row.undone_at = RegradeStage.UNDONE, by, now
    row.save(update_fields=["stage", "undone_by", "undone_at"])
    _record(verbs.REGRADE_UNDONE, row, by, after=row.counts)
    return row


def _tell(regrade: Regrade, finding: TrialOutcome, by: User | None, verb: Verb, reason: str) -> None:
    """In the record, and to the student where points moved."""
    compared, submission, student = finding.compared, finding.trial.submission, finding.student
    assert compared is not None, "called for submissions with a difference"
    old, new = {"points": compared.before}, {"points": compared.after}
    if verb is verbs.REGRADE_TAKEN_BACK:
        old, new = new, old
    record(
        who=by,
        verb=verb,
        about=submission,
        label=of_work(regrade.assignment, student),
        run=regrade.run,
        concerns=student,
        before=dict(old),
        after=dict(new),
        why=reason,
    )
    if compared.change is not Effect.SAME:
        path = page_of(submission)
        told = news.TAKEN_BACK if verb is verbs.REGRADE_TAKEN_BACK else news.REGRADED
        tell(user=student, run=regrade.run, news=told, path=path, assignment=regrade.assignment)


def _record(
    verb: Verb,
    regrade: Regrade,
    by: User | None,
    *,
    before: dict[str, Value] | None = None,
    after: dict[str, Value] | None = None,
) -> None:
    record(
        who=by,
        verb=verb,
        about=regrade,
        label=regrade.assignment,
        run=regrade.run,
        before=before,
        after=after,
        why=regrade.reason,
    )
