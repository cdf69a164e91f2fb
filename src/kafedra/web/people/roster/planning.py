"""What importing a roster would do, row by row. Reads only; the same plan is made again before it is applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kafedra.web.people.models import InvitationRequest, Membership, User
from kafedra.web.people.roster.checking import checked
from kafedra.web.people.roster.known import KnownPeople, known_of
from kafedra.web.people.roster.remarks import remarks

if TYPE_CHECKING:
    from kafedra.web.people.roster.reading import RosterRow
    from kafedra.web.runs.models import Run


class Step(StrEnum):
    """What a row leads to."""

    INVITE = "invite"  # a letter with a link
    JOIN = "join"  # somebody with an account becomes a student of the run
    MOVE = "move"  # a member changes the group
    CORRECT = "correct"  # somebody invited and not come yet: what is known of them changes, the link stays
    NOTHING = "nothing"  # a member already, or invited and not come yet
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what it leads to; `problem` says what is wrong with it.

    `row` is as it will be written: where the file says nothing, what is known already. `asked` is the request of
    somebody who waits for an answer or was invited and has not come, `remarks` what the import leaves as it is.
    """

    row: RosterRow
    step: Step
    problem: str = ""
    user: User | None = None
    membership: Membership | None = None
    asked: InvitationRequest | None = None
    remarks: tuple[str, ...] = ()

    @property
    def group_before(self) -> str | None:
        """The group that the row changes; None if it changes none."""
        known = self.membership or self.asked
        return known.group if known is not None and known.group != self.row.group else None


def plan(run: Run, rows: Sequence[RosterRow]) -> list[Planned]:
    """The step of every row. The number of queries doesn't depend on the number of rows."""
    known = known_of(run, rows)
    seen: dict[str, int] = {}
    return [_planned(row, known, seen) for row in rows]


def counted(planned: Iterable[Planned]) -> dict[str, int]:
    """How many rows lead to each step."""
    steps = [one.step for one in planned]
    return {step.value: steps.count(step) for step in Step}


def _planned(row: RosterRow, known: KnownPeople, seen: dict[str, int]) -> Planned:
    row, problem = checked(row, seen)
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
    return _of_stranger(row, known) if user is None else _of_account(row, user, known)


def _of_stranger(row: RosterRow, known: KnownPeople) -> Planned:
    """Somebody without an account: new, waiting for an answer, or invited and not come yet."""
    email = row.email.lower()
    invited = known.invited.get(email)
    asked = known.waiting.get(email) or invited
    if asked is not None:
        written = {name: getattr(row, name) or getattr(asked, name) for name in ("name", "group", "github")}
        row = replace(row, **written)
    if not row.name:
        return Planned(row, Step.ERROR, _("The name is missing."))
    if invited is None or asked is not invited:
        return Planned(row, Step.INVITE, asked=asked)
    same = (row.name, row.group, row.github) == (invited.name, invited.group, invited.github)
    return Planned(row, Step.NOTHING if same else Step.CORRECT, asked=invited)


def _of_account(row: RosterRow, user: User, known: KnownPeople) -> Planned:
    """Somebody with an account, in the run or not."""
    membership, told = known.members.get(user.pk), remarks(row, user)
    if membership is None:
        row = replace(row, group=row.group or known.groups_before.get(user.pk, ""))
        return Planned(row, Step.JOIN, user=user, remarks=told)
    row = replace(row, group=row.group or membership.group)
    step = Step.MOVE if membership.group != row.group else Step.NOTHING
    return Planned(row, step, user=user, membership=membership, remarks=told)
