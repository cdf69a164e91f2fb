"""The page's own parts of a run's first page; what they show is in the page's context."""

from __future__ import annotations

from kafedra.web.people.hooks import Section
from kafedra.web.people.runs import RunAccess


def due(access: RunAccess) -> Section | None:
    """What is due, and how far the automat is; staff hands nothing in."""
    return None if access.is_staff else Section("classroom/_due.html", 20)


def homework(_access: RunAccess) -> Section:
    """Every assignment of the run."""
    return Section("classroom/_homework.html", 50)
