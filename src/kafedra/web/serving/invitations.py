"""Invitations from the command line: how the first person gets in."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from kafedra.web.serving.preparation import configure, prepare, served_at


class NoSuchRun(LookupError):
    """The course has no such run; `runs` are those it has."""

    def __init__(self, runs: tuple[str, ...]) -> None:
        super().__init__(", ".join(runs))
        self.runs = runs


def invitation_link(
    course: Path | None, data: Path | None, *, run: str, role: str, uses: int | None, days: int, note: str
) -> str:
    """Create an invitation and return its address. The server may be running meanwhile. Raises NoSuchRun."""
    configure({"course": course, "data": data})
    prepare()
    from django.conf import settings
    from django.urls import reverse

    from kafedra.web import clock
    from kafedra.web.people.models import Role
    from kafedra.web.people.services import invite
    from kafedra.web.runs.models import Run

    row = Run.objects.filter(slug=run).first()
    if row is None:
        raise NoSuchRun(tuple(Run.objects.order_by("slug").values_list("slug", flat=True)))
    invitation = invite(
        run=row,
        role=Role(role),
        created_by=None,
        note=note,
        expires_at=clock.now() + timedelta(days=days),
        max_uses=uses,
    )
    # Without KAFEDRA_BASE_URL the running server knows better which port it took.
    server = os.environ.get("KAFEDRA_BASE_URL") or served_at(settings.DATA_DIR) or settings.BASE_URL
    return server + reverse("people:invitation", args=[invitation.token])
