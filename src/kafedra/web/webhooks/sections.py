"""What webhooks put on one's account: the way to them."""

from __future__ import annotations

from kafedra.web.people.hooks import Section
from kafedra.web.people.models import User


def webhooks_of(_user: User) -> Section:
    """For everybody: a student's own bot hears of the student's own work."""
    return Section("webhooks/_account.html", 21)
