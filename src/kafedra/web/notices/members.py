"""What news do when somebody leaves, and where they are shown."""

from __future__ import annotations

from kafedra.web.notices.selectors import unread
from kafedra.web.notices.services import fall_silent
from kafedra.web.people.hooks import Section
from kafedra.web.people.models import Membership, User
from kafedra.web.people.runs import RunAccess


def hears_no_more(membership: Membership, _by: User) -> str:
    """Nothing of the run reaches whoever leaves it. There is nothing to say of it."""
    fall_silent(user=membership.user, run=membership.run)
    return ""


def new_ones(access: RunAccess) -> Section | None:
    """What is new for a student, on the run's first page."""
    news = [] if access.is_staff else unread(access.user)
    return Section("notices/_home.html", 40, {"news": news}) if news else None
