"""What the API puts on one's account: the way to one's tokens."""

from __future__ import annotations

from kafedra.web.people.hooks import Section
from kafedra.web.people.models import User


def tokens_of(_user: User) -> Section:
    """For everybody: a student has programs, too."""
    return Section("api/_account.html", 20)
