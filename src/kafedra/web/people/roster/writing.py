"""The roster as a table for spreadsheets, and the rows of a file that could not be imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import pgettext

from kafedra.web.frame.spreadsheets import Cell
from kafedra.web.frame.words import ROLES
from kafedra.web.people.models import Membership
from kafedra.web.people.roster.planning import Planned, Step


def table(members: Iterable[Membership]) -> Iterator[Sequence[Cell]]:
    """The titles in the language of the page, then a row for each member; the import reads it again."""
    yield *_titles(), pgettext("column of a list", "role"), pgettext("column of a list", "joined")
    for member in members:
        user, role = member.user, str(ROLES[member.role])
        joined = member.joined_at.date().isoformat()
        yield user.username, user.display_name, user.email, member.group, user.github, role, joined


def errors(planned: Iterable[Planned]) -> Iterator[Sequence[Cell]]:
    """The rows with errors and what is wrong with them: to be corrected and imported by themselves."""
    yield *_titles(), pgettext("column of a list", "row"), pgettext("column of a list", "what is wrong")
    for one in planned:
        if one.step is Step.ERROR:
            row = one.row
            yield row.login, row.name, row.email, row.group, row.github, row.number, one.problem


def _titles() -> tuple[str, ...]:
    return (
        pgettext("column of a list", "login"),
        pgettext("column of a list", "name"),
        pgettext("column of a list", "e-mail"),
        pgettext("column of a list", "group"),
        "github",
    )
