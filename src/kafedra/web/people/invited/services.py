"""Writes about invitations for one person, known by name and address before they come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people import letters, verbs
from kafedra.web.people.joining.services import VALID, approve
from kafedra.web.people.models import Decision, Invitation, InvitationRequest, User
from kafedra.web.people.services import revoke_invitation
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run

A_MOMENT = timedelta(minutes=1)  # a second click within it sends no second letter


@transaction.atomic
def invite_by_name(
    *, run: Run, name: str, group: str, email: str, github: str, language: str, by: User
) -> InvitationRequest:
    """Invite somebody who did not ask: a letter with a link for one person."""
    told = {"name": name, "group": group, "email": email, "github": github, "language": language}
    request = InvitationRequest.objects.create(run=run, **told)
    approve(request=request, by=by)
    return request


@transaction.atomic
def correct(*, request: InvitationRequest, name: str, group: str, github: str, by: User) -> bool:
    """What a list says of somebody who has no account yet counts instead of what was known; empty values say nothing.

    Returns whether anything changed.
    """
    told = {"name": name, "group": group, "github": github}
    after: dict[str, Value] = {key: value for key, value in told.items() if value and value != getattr(request, key)}
    if not after:
        return False
    before: dict[str, Value] = {key: getattr(request, key) for key in after}
    for key, value in after.items():
        setattr(request, key, value)
    request.save(update_fields=list(after))
    if "name" in after and request.invitation_id is not None:
        Invitation.objects.filter(pk=request.invitation_id).update(note=name[:120])
    _record(verbs.REQUEST_CORRECTED, request, by, before=before, after=after)
    return True


@transaction.atomic
def send_again(*, request: InvitationRequest, by: User) -> bool:
    """The same link once more by letter, valid for another month. False if it is used or revoked, or just went out."""
    until = clock.now() + VALID
    unused = Invitation.objects.filter(request=request, uses=0, revoked_at=None)
    before = unused.values_list("expires_at", flat=True).first()
    if not unused.filter(expires_at__lt=until - A_MOMENT).update(expires_at=until):
        return False
    invitation = unused.get()
    _record(verbs.INVITED_AGAIN, request, by, before={"expires_at": before}, after={"expires_at": until})
    letters.put_invitation(request, invitation, looked_at=True)
    return True


@transaction.atomic
def close(*, run: Run, email: str, by: User) -> None:
    """Close the personal ways in that this address has: links not used yet, requests not answered. Without a letter."""
    if not email:
        return
    for request in InvitationRequest.objects.filter(run=run, email__iexact=email).select_related("invitation__run"):
        if request.invitation is not None and request.invitation.uses == 0:
            revoke_invitation(invitation=request.invitation, by=by)
        waiting = InvitationRequest.objects.filter(pk=request.pk, state=Decision.WAITING)
        if waiting.update(state=Decision.DECLINED, decided_at=clock.now(), decided_by=by):
            _record(verbs.REQUEST_DECLINED, request, by)


def _record(
    verb: Verb,
    request: InvitationRequest,
    by: User,
    *,
    before: dict[str, Value] | None = None,
    after: dict[str, Value] | None = None,
) -> None:
    label = f"{request.name} · {request.email}"
    record(who=by, verb=verb, about=request, label=label, run=request.run, before=before, after=after)
