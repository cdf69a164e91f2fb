"""What is wrong with a row by itself, or beside the rows before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from kafedra.web.people.joining.forms import github_name

if TYPE_CHECKING:
    from kafedra.web.people.roster.reading import RosterRow


def checked(row: RosterRow, seen: dict[str, int]) -> tuple[RosterRow, str]:
    """The row with a bare name at GitHub, and its problem or an empty text.

    `seen` holds the number of the row that named a login or an address first, and grows.
    """
    try:
        row = replace(row, github=github_name(row.github))
    except ValidationError:
        return row, _("“%(name)s” can't be a name at GitHub.") % {"name": row.github}
    return row, _problem(row) or _repeats(row, seen)


def _problem(row: RosterRow) -> str:
    if not row.login and not row.email:
        return _("Neither an e-mail nor a login.")
    if not all(text.isprintable() for text in (row.name, row.group)):
        return _("The name or the group has invisible characters.")
    if len(row.name) > 150 or len(row.group) > 40:
        return _("The name or the group is too long.")
    if row.email:
        try:
            validate_email(row.email)
            MaxLengthValidator(254)(row.email)  # as the column of an account has it
        except ValidationError:
            return _("“%(email)s” is not an e-mail address.") % {"email": row.email}
    return ""


def _repeats(row: RosterRow, seen: dict[str, int]) -> str:
    for key in filter(None, (row.login.lower(), row.email.lower())):
        first = seen.setdefault(key, row.number)
        if first != row.number:
            return _("The same person as in row %(n)d.") % {"n": first}
    return ""
