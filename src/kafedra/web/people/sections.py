"""What people put on a run's first page."""

from __future__ import annotations

from kafedra.web.people.hooks import Section
from kafedra.web.people.runs import RunAccess


def without_address(access: RunAccess) -> Section | None:
    """To students whom no reminder reaches: what they miss, and where to give an address."""
    if access.is_staff or access.user.email:
        return None
    return Section("people/_no_address.html", 30)
