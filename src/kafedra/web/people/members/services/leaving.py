"""Taking somebody out of a run. What they did stays; joining again by any way brings it back as it was."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kafedra.web.notices.leaving.services import fall_silent
from kafedra.web.people.invited.services import close
from kafedra.web.people.members.recording import record_membership
from kafedra.web.people.members.selectors import why_stays
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.record.verbs import Verb
from kafedra.web.reviews.services.claims import free_all


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody left behind: how many works that wait for a review are free again."""

    freed: int


class Stays(Exception):
    """This member can't be taken out; `reason` is `oneself` or `last_instructor`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def remove(*, membership: Membership, by: User, why: str) -> Left | None:
    """End the membership, and with it access, reviews, and the run's letters. None when it has ended already.

    Repositories, submissions, verdicts and points stay. Personal ways in that were never used are closed with it.
    Raises Stays.
    """
    # Locked together: of two instructors who remove each other at once, the second one finds who is left.
    list(Membership.objects.select_for_update().filter(run=membership.run, role=Role.INSTRUCTOR).values("pk"))
    present = Membership.objects.select_for_update().select_related("user", "run").filter(pk=membership.pk).first()
    if present is None:
        return None
    if reason := why_stays(present, by):
        raise Stays(reason)
    user, run = present.user, present.run
    before = {"role": present.role, "group": present.group}
    record_membership(Verb.MEMBER_REMOVED, present, by, before=before, why=why)
    freed = free_all(run=run, holder=user, by=by)
    close(run=run, email=user.email, by=by)
    fall_silent(user=user, run=run)
    present.delete()
    return Left(freed)
