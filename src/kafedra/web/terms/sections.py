"""What changed terms put on a run's first page."""

from __future__ import annotations

from kafedra.web.people.hooks import Section
from kafedra.web.people.runs import RunAccess
from kafedra.web.runs.terms.selectors import terms_wait


def waiting_terms(access: RunAccess) -> Section | None:
    """To instructors: the files say something that nobody has applied yet."""
    waits = access.is_instructor and terms_wait(access.run)
    return Section("terms/_waits.html", 10) if waits else None
