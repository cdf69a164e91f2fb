"""Joining a run; another role or another group in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web.people import verbs
from kafedra.web.people.hooks import STEPS_DOWN, sentences
from kafedra.web.people.members.recording import record_membership
from kafedra.web.people.members.selectors import group_before, is_last_instructor
from kafedra.web.people.models import Membership, Role, User

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
        record_membership(verbs.JOINED, membership, by, after={"role": role.value, "group": group})
    elif Role(membership.role).rank < role.rank:
        change_role(membership=membership, role=role, by=by or user)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User) -> tuple[str, ...]:
    """Give a member another role in the run; repeating changes nothing. Raises LastInstructor.

    Returns what there is to say of what ends for whoever is not of the staff any more.
    """
    before = Role(membership.role)
    if before is role:
        return ()
    if is_last_instructor(membership):
        raise LastInstructor
    membership.role = role
    membership.save(update_fields=["role"])
    record_membership(verbs.ROLE_CHANGED, membership, by, before={"role": before.value}, after={"role": role.value})
    return tuple(sentences(STEPS_DOWN(membership, by))) if role is Role.STUDENT else ()


@transaction.atomic
def change_group(*, membership: Membership, group: str, by: User) -> None:
    """Move a member to another group of the run. Repeating changes nothing."""
    before, membership.group = membership.group, group.strip()
    if before == membership.group:
        return
    membership.save(update_fields=["group"])
    record_membership(verbs.GROUP_CHANGED, membership, by, before={"group": before}, after={"group": membership.group})
