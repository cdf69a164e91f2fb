"""Joining a run; another role or another group in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web.people.members.recording import record_membership
from kafedra.web.people.members.selectors import group_before, is_last_instructor
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.record.verbs import Verb
from kafedra.web.reviews.services.claims import free_all

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run


class LastInstructor(Exception):
    """Without this person nobody could decide who belongs to the run."""


@transaction.atomic
def join(*, user: User, run: Run, role: Role, group: str = "", by: User | None = None) -> Membership:
    """Make `user` a member of `run`; an existing membership is raised to `role` but never lowered.

    Somebody who was taken out of it and comes back is in the same group again, unless another one is given.
    """
    group = group or group_before(user, run)
    membership, created = Membership.objects.get_or_create(user=user, run=run, defaults={"role": role, "group": group})
    if created:
        record_membership(Verb.JOINED, membership, by, after={"role": role.value, "group": group})
    elif Role(membership.role).rank < role.rank:
        change_role(membership=membership, role=role, by=by or user)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User) -> int:
    """Give a member another role in the run; repeating changes nothing. Raises LastInstructor.

    Whoever is not of the staff any more reviews nothing: returns how many works that wait for a review are free again.
    """
    before = Role(membership.role)
    if before is role:
        return 0
    if is_last_instructor(membership):
        raise LastInstructor
    membership.role = role
    membership.save(update_fields=["role"])
    record_membership(Verb.ROLE_CHANGED, membership, by, before={"role": before.value}, after={"role": role.value})
    return free_all(run=membership.run, holder=membership.user, by=by) if role is Role.STUDENT else 0


@transaction.atomic
def change_group(*, membership: Membership, group: str, by: User) -> None:
    """Move a member to another group of the run. Repeating changes nothing."""
    before, membership.group = membership.group, group.strip()
    if before == membership.group:
        return
    membership.save(update_fields=["group"])
    record_membership(Verb.GROUP_CHANGED, membership, by, before={"group": before}, after={"group": membership.group})
