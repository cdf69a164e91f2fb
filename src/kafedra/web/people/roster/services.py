"""Applying a roster that was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web.frame.language import spoken
from kafedra.web.people.invited.services import correct, invite_by_name
from kafedra.web.people.joining.services import approve
from kafedra.web.people.members.services.belonging import change_group, join
from kafedra.web.people.models import Role, User
from kafedra.web.people.roster.planning import Planned, Step, counted, plan
from kafedra.web.people.roster.reading import RosterRow

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run


@transaction.atomic
def import_roster(*, run: Run, rows: Sequence[RosterRow], by: User) -> dict[str, int]:
    """Do what `plan` says now for every row without an error; returns how many rows led to each step.

    All of it or nothing; letters leave when all is written.
    """
    planned = plan(run, rows)
    for one in planned:
        _apply(one, run, by)
    return counted(planned)


def _apply(one: Planned, run: Run, by: User) -> None:
    row = one.row
    if one.asked is not None and one.step in (Step.INVITE, Step.CORRECT):
        correct(request=one.asked, name=row.name, group=row.group, github=row.github, by=by)
    if one.step is Step.INVITE and one.asked is not None:
        approve(request=one.asked, by=by)
    elif one.step is Step.INVITE:
        told = {"name": row.name, "group": row.group, "email": row.email, "github": row.github}
        invite_by_name(run=run, language=spoken(), by=by, **told)
    elif one.step is Step.JOIN and one.user is not None:
        join(user=one.user, run=run, role=Role.STUDENT, group=row.group, by=by)
    elif one.step is Step.MOVE and one.membership is not None:
        change_group(membership=one.membership, group=row.group, by=by)
