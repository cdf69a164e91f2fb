"""The roster as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kafedra.web.config.spreadsheets import Cell
from kafedra.web.people.models import Membership

TITLES = ("login", "name", "e-mail", "group", "github", "role", "joined")


def table(members: Iterable[Membership]) -> Iterator[Sequence[Cell]]:
    """The titles, then a row for each member; the import reads it again."""
    yield TITLES
    for member in members:
        user = member.user
        joined = member.joined_at.date().isoformat()
        yield user.username, user.display_name, user.email, member.group, user.github, member.role, joined
