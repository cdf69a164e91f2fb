"""What becomes of a submission: claimed by whoever grades it, then a report or a fault; or it waits again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from kafedra.web import clock
from kafedra.web.notices.services import tell
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb
from kafedra.web.submissions import news, verbs
from kafedra.web.submissions.addresses import page_of
from kafedra.web.submissions.models import Report, State, Submission
from kafedra.web.submissions.recording import record_work

if TYPE_CHECKING:
    from kafedra import grading
    from kafedra.web.people.models import User


class ClaimLost(Exception):
    """Whoever wants to settle a submission has been given up meanwhile: nothing was written."""


@transaction.atomic
def start_grading(*, submission: Submission) -> bool:
    """Claim a waiting submission for grading; False when somebody else has it or it is done.

    `submission.claim` is then the token with which alone it can be settled.
    """
    claimed = Submission.objects.filter(pk=submission.pk, state=State.WAITING).update(
        state=State.RUNNING,
        started_at=clock.now(),
        finished_at=None,
        attempts=F("attempts") + 1,
        claim=F("claim") + 1,
        fault="",
    )
    if claimed:
        submission.refresh_from_db(fields=["state", "started_at", "finished_at", "attempts", "claim", "fault"])
        _record_state(verbs.GRADING_STARTED, submission, State.WAITING)
    return bool(claimed)


@transaction.atomic
def give_back(*, submission: Submission) -> None:
    """Grading it was interrupted: it waits again. Raises ClaimLost."""
    _settle(submission, state=State.WAITING, started_at=None, finished_at=None)
    _record_state(verbs.WAITS_AGAIN, submission, State.RUNNING)


@transaction.atomic
def try_again(*, submission: Submission) -> bool:
    """A fault of ours gets another try; False when it is no fault any more."""
    waits = Submission.objects.filter(pk=submission.pk, state=State.FAULT).update(
        state=State.WAITING, started_at=None, finished_at=None
    )
    if waits:
        submission.refresh_from_db(fields=["state", "started_at", "finished_at"])
        _record_state(verbs.WAITS_AGAIN, submission, State.FAULT)
    return bool(waits)


@transaction.atomic
def take_up_unfinished() -> int:
    """At start: what was being graded when the server stopped waits again. Returns how many wait now."""
    interrupted = Submission.objects.filter(state=State.RUNNING).update(state=State.WAITING, started_at=None)
    if interrupted:
        record(who=None, verb=verbs.TAKEN_UP, about=None, after={"submissions": interrupted})
    return Submission.objects.filter(state=State.WAITING).count()


@transaction.atomic
def store_report(
    *,
    submission: Submission,
    report: grading.Report,
    grading_time: timedelta,
    tests_digest: str = "",
    taken_from: Report | None = None,
) -> Report:
    """Keep the judge's report; `grading_time` is what counts as grading, without waiting in the queue.

    `taken_from` is the author's earlier report that this one repeats, if nothing was run. Raises ClaimLost.
    """
    _finish(submission, State.GRADED, fault="")
    row = add_report(
        submission=submission,
        report=report,
        grading_time=grading_time,
        tests_digest=tests_digest,
        taken_from=taken_from,
    )
    after: dict[str, Value] = {"points": report.points}
    record_work(verbs.GRADED, submission.repository, submission, after=after)
    repository = submission.repository
    tell(
        user=repository.student, run=repository.run, news=news.VERDICT, path=page_of(submission),
        assignment=repository.assignment, submission=str(submission.pk),
    )  # fmt: skip
    return row


def add_report(
    *,
    submission: Submission,
    report: grading.Report,
    grading_time: timedelta,
    tests_digest: str,
    taken_from: Report | None = None,
) -> Report:
    """The row of a report and nothing else; whoever calls it says in the record why."""
    return Report.objects.create(
        submission=submission,
        points=report.points,
        max_points=report.max_points,
        seed=report.seed,
        seconds=report.seconds,
        grading_seconds=grading_time.total_seconds(),
        document=json.loads(report.model_dump_json()),
        fingerprint=report.fingerprint,
        tests_digest=tests_digest,
        taken_from=taken_from,
    )


@transaction.atomic
def grade_again(*, submission: Submission, by: User) -> bool:
    """Grade a finished submission once more, running its tests even where an earlier report would do.

    Until the new report is there the old one counts. False when it is on its way already.
    """
    before = State(submission.state)
    put_back = Submission.objects.filter(pk=submission.pk, state__in=[State.GRADED, State.FAULT]).update(
        state=State.WAITING, started_at=None, finished_at=None, attempts=0, fault="", fresh=True
    )
    if put_back:
        submission.refresh_from_db()
        record_work(
            verbs.GRADE_AGAIN,
            submission.repository,
            submission,
            who=by,
            before={"state": before.value},
            after={"state": State.WAITING.value},
        )
    return bool(put_back)


@transaction.atomic
def release_stuck(*, submission: Submission) -> bool:
    """Put back what is marked as being graded though no worker has it; False if it was finished meanwhile."""
    released = Submission.objects.filter(pk=submission.pk, state=State.RUNNING).update(
        state=State.WAITING, started_at=None
    )
    if released:
        submission.refresh_from_db(fields=["state", "started_at"])
        _record_state(verbs.WAITS_AGAIN, submission, State.RUNNING)
    return bool(released)


@transaction.atomic
def store_fault(*, submission: Submission, fault: str) -> None:
    """Grading failed through no fault of the student's; `fault` is for the instructor's eyes. Raises ClaimLost."""
    _finish(submission, State.FAULT, fault=fault)
    _record_state(verbs.FAULT, submission, State.RUNNING)


def _finish(submission: Submission, state: State, *, fault: str) -> None:
    _settle(submission, state=state, fault=fault, finished_at=clock.now(), fresh=False)


def _settle(submission: Submission, **fields: object) -> None:
    """Only for who has the last claim: a late answer of somebody who was given up changes nothing."""
    held = Submission.objects.filter(pk=submission.pk, state=State.RUNNING, claim=submission.claim)
    if not held.update(**fields):
        raise ClaimLost(f"submission {submission.pk}: claim {submission.claim} was given up")
    submission.refresh_from_db(fields=list(fields))


def _record_state(verb: Verb, submission: Submission, before: State) -> None:
    after = State(submission.state).value
    record_work(verb, submission.repository, submission, before={"state": before.value}, after={"state": after})
