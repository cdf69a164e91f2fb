"""Taking somebody out of a run. What they did stays; joining again by any way brings it back as it was."""

from __future__ import annotations

from django.db import transaction

from kafedra.web.people import verbs
from kafedra.web.people.hooks import LEAVES, sentences
from kafedra.web.people.invited.services import close
from kafedra.web.people.members.recording import record_membership
from kafedra.web.people.members.selectors import why_stays
from kafedra.web.people.models import Membership, Role, User


class Stays(Exception):
    """This member can't be taken out; `reason` is `oneself` or `last_instructor`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def remove(*, membership: Membership, by: User, why: str) -> tuple[str, ...] | None:
    """End the membership, and with it access, reviews, and the run's letters. None when it has ended already.

    Repositories, submissions, verdicts and points stay. Personal ways in that were never used are closed with it.
    Returns what there is to say of what ended. Raises Stays.
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
    record_membership(verbs.MEMBER_REMOVED, present, by, before=before, why=why)
    ended = tuple(sentences(LEAVES(present, by)))
    close(run=run, email=user.email, by=by)
    present.delete()
    return ended
