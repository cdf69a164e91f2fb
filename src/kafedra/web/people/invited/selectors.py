"""Who was invited by name and has not come yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kafedra.web import clock
from kafedra.web.people.models import Decision, InvitationRequest, Membership

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody with a link of their own; `expired` says that it lets nobody in any more until it is sent again."""

    request: InvitationRequest
    invitation: int
    until: datetime | None
    expired: bool


def unused(run: Run) -> QuerySet[InvitationRequest]:
    """Requests whose invitation was neither used nor revoked, the newest first; expired ones are among them."""
    rows = InvitationRequest.objects.filter(run=run, state=Decision.APPROVED, invitation__uses=0)
    return rows.filter(invitation__revoked_at=None).select_related("invitation").order_by("-decided_at", "-pk")


def open_invitations(run: Run) -> dict[str, InvitationRequest]:
    """Those whose link lets them in now, by address in lower case."""
    now, found = clock.now(), dict[str, InvitationRequest]()
    for request in unused(run):
        if request.invitation is not None and request.invitation.state(now) == "open":
            found.setdefault(request.email.lower(), request)
    return found


def awaited(run: Run) -> Sequence[Awaited]:
    """Everybody invited by name who has not come: one line an address, by name. Two queries.

    Who came by another link than their own is not awaited any more.
    """
    now = clock.now()
    here = Membership.objects.filter(run=run).exclude(user__email="").values_list("user__email", flat=True)
    seen = {email.lower() for email in here}
    found = []
    for request in unused(run):
        invitation, email = request.invitation, request.email.lower()
        if invitation is None or email in seen:
            continue
        seen.add(email)
        expired = invitation.state(now) == "expired"
        found.append(Awaited(request, invitation.pk, invitation.expires_at, expired))
    return sorted(found, key=lambda one: one.request.name.casefold())
