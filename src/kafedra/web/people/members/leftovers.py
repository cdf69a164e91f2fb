"""What one member would leave behind."""

from __future__ import annotations

from dataclasses import dataclass

from kafedra.web import clock
from kafedra.web.people.hooks import KEEPS
from kafedra.web.people.models import Invitation, Membership


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a member has in the run, for those who decide about taking them out of it.

    `links` are the invitations for many by which anybody, this person too, can come in.
    """

    stays: tuple[str, ...]
    ends: tuple[str, ...]
    links: int


def left_behind(membership: Membership) -> LeftBehind:
    """What would stay, what would become free, and which doors stay open."""
    kept, run, now = KEEPS(membership).values(), membership.run, clock.now()
    links = Invitation.objects.filter(run=run, request=None, revoked_at=None)
    return LeftBehind(
        stays=tuple(line for one in kept for line in one.stays),
        ends=tuple(line for one in kept for line in one.ends),
        links=sum(link.state(now) == "open" for link in links),
    )
