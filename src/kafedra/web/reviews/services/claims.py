"""Writes of who reviews what. Their lines in the record concern no student: students don't see who has their work."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.reviews import verbs
from kafedra.web.reviews.models import Claim
from kafedra.web.reviews.queue import waiting
from kafedra.web.reviews.recording import record
from kafedra.web.reviews.sharing import earlier_reviewers, shared_out
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Repository


class ClaimedMeanwhile(Exception):
    """Somebody else took the work since the page was opened."""

    def __init__(self, holder: User) -> None:
        super().__init__(holder.username)
        self.holder = holder


@transaction.atomic
def claim(*, repository: Repository, by: User, holder: User, seen_holder: int | None) -> Claim:
    """Give the work in `repository` to `holder`. `seen_holder` is who had it when `by` decided (None: nobody).

    Raises ClaimedMeanwhile if somebody else has it by now. Repeating changes nothing.
    """
    row, created = Claim.objects.select_for_update().get_or_create(repository=repository, defaults={"holder": holder})
    if not created and row.holder_id not in (holder.pk, seen_holder):
        raise ClaimedMeanwhile(row.holder)
    before = None if created else row.holder
    if before != holder:
        if before is not None:
            row.holder, row.since = holder, clock.now()
            row.save(update_fields=["holder", "since"])
        _record(row, repository, by, before)
    return row


@transaction.atomic
def keep(*, repository: Repository, by: User) -> bool:
    """Whoever works on what nobody has, has it from then on; returns whether `by` has just got it."""
    row, created = Claim.objects.get_or_create(repository=repository, defaults={"holder": by})
    if created:
        _record(row, repository, by, None)
    return created


@transaction.atomic
def release(*, repository: Repository, by: User) -> None:
    """Let others take the work again; what was drafted stays. Only the holder's own claim is given up."""
    row = Claim.objects.select_for_update().filter(repository=repository, holder=by).first()
    if row is not None:
        _record_release(row, repository, by)
        row.delete()


@transaction.atomic
def free_all(*, run: Run, holder: User, by: User) -> int:
    """Let others take everything that `holder` has in the run; returns how many of these works wait for a review.

    For somebody who reviews no longer. What was drafted stays.
    """
    rows = list(Claim.objects.select_for_update().filter(repository__run=run, holder=holder).select_related(
        "holder", "repository__run", "repository__student"
    ))  # fmt: skip
    if not rows:
        return 0
    waits = sum(item.is_with(holder) for item in waiting(run))
    for row in rows:
        _record_release(row, row.repository, by)
        row.delete()
    return waits


@transaction.atomic
def share_out(*, run: Run, by: User, people: Sequence[User]) -> int:
    """Give every free work that waits to one of `people`, fairly; returns how many were given."""
    given, now = shared_out(waiting(run), people, earlier_reviewers(run)), clock.now()
    claims = [Claim(repository_id=pk, holder=person, since=now) for pk, person in given.items()]
    Claim.objects.bulk_create(claims, ignore_conflicts=True)  # what a colleague took a moment ago is theirs
    related = Claim.objects.select_related("holder", "repository__run", "repository__student")
    written = list(related.filter(repository__in=given, since=now))
    for row in written:
        _record(row, row.repository, by, None)
    return len(written)


def _record_release(row: Claim, repository: Repository, by: User) -> None:
    before = {"reviewer": row.holder.username}
    record(who=by, verb=verbs.WORK_RELEASED, about=row, repository=repository, before=before)


def _record(row: Claim, repository: Repository, by: User, before: User | None) -> None:
    record(
        who=by,
        verb=verbs.WORK_ASSIGNED,
        about=row,
        repository=repository,
        before={"reviewer": before.username} if before else None,
        after={"reviewer": row.holder.username},
    )
