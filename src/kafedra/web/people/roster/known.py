"""What the server knows of the people in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from kafedra.web.people.invited.selectors import open_invitations
from kafedra.web.people.members.selectors import groups_before
from kafedra.web.people.models import Decision, InvitationRequest, Membership, Role, User

if TYPE_CHECKING:
    from kafedra.web.people.roster.reading import RosterRow
    from kafedra.web.runs.models import Run


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Accounts by login and by address; of the run its members by account, and by address who waits or is invited.

    `groups_before` are those of accounts that were in the run and were taken out of it.
    """

    by_login: dict[str, User]
    by_email: dict[str, list[User]]
    members: dict[int, Membership]
    waiting: dict[str, InvitationRequest]
    invited: dict[str, InvitationRequest]
    groups_before: dict[int, str]


def known_of(run: Run, rows: Sequence[RosterRow]) -> KnownPeople:
    """Five queries, whatever the number of rows."""
    logins = {row.login.lower() for row in rows if row.login}
    emails = {row.email.lower() for row in rows if row.email}
    users = list(User.objects.filter(Q(username__in=logins) | ~Q(email="")))
    by_email: dict[str, list[User]] = {}
    for user in users:
        if user.email.lower() in emails:
            by_email.setdefault(user.email.lower(), []).append(user)
    members = Membership.objects.filter(run=run, user__in=users).select_related("user", "run")
    waiting = InvitationRequest.objects.filter(run=run, state=Decision.WAITING).select_related("run")
    return KnownPeople(
        by_login={one.username: one for one in users},
        by_email=by_email,
        members={one.user_id: one for one in members},
        waiting={one.email.lower(): one for one in waiting},
        invited=open_invitations(run),
        groups_before=groups_before(run),
    )


def not_in_the_list(run: Run, rows: Sequence[RosterRow]) -> list[Membership]:
    """The students of the run whom no row names, by login or by address; by name. One query."""
    logins = {row.login.lower() for row in rows if row.login}
    emails = {row.email.lower() for row in rows if row.email}
    members = Membership.objects.filter(run=run, role=Role.STUDENT).select_related("user")
    return [
        one
        for one in members.order_by("user__display_name", "user__username")
        if one.user.username not in logins and one.user.email.lower() not in emails
    ]
