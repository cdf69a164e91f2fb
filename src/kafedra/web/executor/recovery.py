"""Nothing pushed is lost: what a stopped or killed server left behind is found and taken up."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator

from kafedra.web.executor.interface import Executor
from kafedra.web.executor.lengths import long_ones
from kafedra.web.git.reflog import Arrival, arrivals
from kafedra.web.runs import course
from kafedra.web.submissions.ledger import write_down
from kafedra.web.submissions.models import Repository, State, Submission
from kafedra.web.submissions.services.verdicts import release_stuck, take_up_unfinished, try_again
from kafedra.web.submissions.storage import remove_stale_locks, repository_path

log = logging.getLogger(__name__)


def recover(executor: Executor) -> int:
    """At start: what was being graded waits again, faults of ours get another try. Returns how many there are."""
    take_up_unfinished()
    for submission in Submission.objects.filter(state=State.FAULT):
        try_again(submission=submission)
    return sweep(executor)


def sweep(executor: Executor, busy: Collection[int] = ()) -> int:
    """Submit everything that waits, pushes that have no row yet included; returns how many there were.

    `busy` are repositories that are being pushed to right now: their own push writes itself down.
    """
    for repository, arrival in _unwritten(busy):
        log.warning("%s: taking up a push that the server did not see to its end", repository.path)
        try:
            write_down(repository.pk, arrival.commit, arrival.at)
        except Exception:  # one repository must not keep the others waiting, nor the server from starting
            log.exception("%s: the push of %s could not be written down", repository.path, arrival.commit)
    _release_stuck(executor)
    return submit_waiting(executor)


def submit_waiting(executor: Executor) -> int:
    """Submit everything that waits; returns how many there were. One query, and a few for each that is new."""
    waiting = Submission.objects.filter(state=State.WAITING).order_by("pushed_at", "pk")
    found = list(waiting.values_list("pk", "repository__student_id", "repository__assignment"))
    new = [row for row in found if not executor.holds(row[0])]
    long = long_ones(new)
    for submission, student, assignment in new:
        gpu = course.needs_gpu(assignment)
        executor.submit(submission, student_id=student, gpu=gpu, long=submission in long)
    return len(found)


def _release_stuck(executor: Executor) -> None:
    """Rows that are marked as being graded though nobody grades them: the database was away when that should end."""
    for submission in Submission.objects.filter(state=State.RUNNING).select_related("repository__student"):
        if not executor.holds(submission.pk) and release_stuck(submission=submission):
            log.warning("submission %s: marked as being graded, but nobody did; it waits again", submission.pk)


def _unwritten(busy: Collection[int]) -> Iterator[tuple[Repository, Arrival]]:
    written = set(Submission.objects.values_list("repository_id", "commit"))
    for repository in Repository.objects.exclude(pk__in=busy):
        remove_stale_locks(repository_path(repository))
        for arrival in arrivals(repository_path(repository)):
            if (repository.pk, arrival.commit) not in written:
                yield repository, arrival
