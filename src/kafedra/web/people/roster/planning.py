"""What importing a roster would do, row by row. Reads only; the same plan is made again before it is applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from kafedra.web.people.models import Decision, InvitationRequest, Membership, User
from kafedra.web.people.roster.reading import Row

if TYPE_CHECKING:
    from kafedra.web.classroom.models import Run


class Step(StrEnum):
    """What a row leads to."""

    INVITE = "invite"  # a letter with a link
    JOIN = "join"  # somebody with an account becomes a student of the run
    MOVE = "move"  # a member changes the group
    NOTHING = "nothing"  # a member already, or invited and not come yet
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what it leads to; `problem` says what is wrong with it."""

    row: Row
    step: Step
    problem: str = ""
    user: User | None = None
    membership: Membership | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    by_login: dict[str, User]
    by_email: dict[str, list[User]]
    members: dict[int, Membership]
    invited: set[str]


def plan(run: Run, rows: Sequence[Row]) -> list[Planned]:
    """The step of every row. Three queries, whatever the number of rows."""
    known = _known(run, rows)
    seen: dict[str, int] = {}
    return [_planned(row, known, seen) for row in rows]


def counted(planned: Iterable[Planned]) -> dict[str, int]:
    """How many rows lead to each step."""
    steps = [one.step for one in planned]
    return {step.value: steps.count(step) for step in Step}


def _known(run: Run, rows: Sequence[Row]) -> _Known:
    logins = {row.login.lower() for row in rows if row.login}
    emails = {row.email.lower() for row in rows if row.email}
    users = list(User.objects.filter(Q(username__in=logins) | ~Q(email="")))
    by_email: dict[str, list[User]] = {}
    for user in users:
        if user.email.lower() in emails:
            by_email.setdefault(user.email.lower(), []).append(user)
    members = Membership.objects.filter(run=run, user__in=users).select_related("user", "run")
    pending = InvitationRequest.objects.filter(run=run, state=Decision.APPROVED, invitation__uses=0)
    invited = {email.lower() for email in pending.values_list("email", flat=True)}
    return _Known({one.username: one for one in users}, by_email, {one.user_id: one for one in members}, invited)


def _planned(row: Row, known: _Known, seen: dict[str, int]) -> Planned:
    problem = _problem(row, seen)
    if problem:
        return Planned(row, Step.ERROR, problem)
    user = known.by_login.get(row.login.lower()) if row.login else None
    if row.login and user is None and not row.email:
        return Planned(row, Step.ERROR, _("There is no account with this login, and no e-mail to invite it by."))
    if user is None:
        owners = known.by_email.get(row.email.lower(), [])
        if len(owners) > 1:
            return Planned(row, Step.ERROR, _("Several accounts have this e-mail: give the login, too."))
        user = owners[0] if owners else None
    if user is None:
        if not row.name:
            return Planned(row, Step.ERROR, _("The name is missing."))
        return Planned(row, Step.NOTHING if row.email.lower() in known.invited else Step.INVITE)
    membership = known.members.get(user.pk)
    if membership is None:
        return Planned(row, Step.JOIN, user=user)
    moves = bool(row.group) and membership.group != row.group
    return Planned(row, Step.MOVE if moves else Step.NOTHING, user=user, membership=membership)


def _problem(row: Row, seen: dict[str, int]) -> str:
    if not row.login and not row.email:
        return _("Neither an e-mail nor a login.")
    if not all(text.isprintable() for text in (row.name, row.group)):
        return _("The name or the group has invisible characters.")
    if len(row.name) > 150 or len(row.group) > 40:
        return _("The name or the group is too long.")
    if row.email:
        try:
            validate_email(row.email)
        except ValidationError:
            return _("“%(email)s” is not an e-mail address.") % {"email": row.email}
    for key in filter(None, (row.login.lower(), row.email.lower())):
        first = seen.setdefault(key, row.number)
        if first != row.number:
            return _("The same person as in row %(n)d.") % {"n": first}
    return ""
