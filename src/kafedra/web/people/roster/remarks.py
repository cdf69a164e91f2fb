"""Where a list and an account say different things. The import changes no accounts: it only says so."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kafedra.web.frame.searching import folded

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.people.roster.reading import RosterRow

ALIKE = 0.75  # Наталья and Наталия are one name


def remarks(row: RosterRow, user: User) -> tuple[str, ...]:
    """What the row says otherwise than the account: another person's name, another address, another name at GitHub."""
    told = []
    if row.name and not _same_person(row.name, user.display_name):
        told.append(_("Is it the same person? The account is of %(name)s.") % {"name": user.display_name})
    if row.email and row.email.lower() != user.email.lower():
        if user.email:
            told.append(_("The address stays %(email)s: people change it themselves.") % {"email": user.email})
        else:
            told.append(_("The account has no address: people enter it themselves."))
    if row.github and row.github.lower() != user.github.lower():
        told.append(_("The name at GitHub stays as in the account: %(name)s.") % {"name": user.github or "—"})
    return tuple(told)


def _same_person(listed: str, known: str) -> bool:
    """Whether name and surname are the same, in any order; a patronymic that only one of them has doesn't matter."""
    ours, theirs = folded(listed).split(), folded(known).split()
    alike = sum(bool(difflib.get_close_matches(word, ours, 1, ALIKE)) for word in theirs)
    return alike >= min(2, len(ours), len(theirs))
