"""Requests for invitations and the rules that approve them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people import letters, verbs
from kafedra.web.people.models import Decision, DomainRule, Invitation, InvitationRequest, Membership, Role, User
from kafedra.web.people.services import invite
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run

VALID = timedelta(days=30)


class Added(NamedTuple):
    """A domain rule, and how many of those who waited it has let in."""

    rule: DomainRule
    let_in: int


@transaction.atomic
def request_invitation(
    *, run: Run, name: str, group: str, email: str, github: str, language: str
) -> InvitationRequest | None:
    """Write a request down; an address of a known domain gets its link at once. None: a member asked, and got a letter.

    The same address asking again while its request waits changes nothing.
    """
    member = Membership.objects.filter(run=run, user__email__iexact=email).select_related("user").first()
    if member is not None:
        letters.put_already_in(member.user, run)
        return None
    mine = InvitationRequest.objects.select_for_update().filter(run=run, email__iexact=email)
    waiting = mine.filter(state=Decision.WAITING).first()
    if waiting is not None:
        return waiting
    request = InvitationRequest.objects.create(
        run=run, name=name, group=group, email=email, github=github, language=language
    )
    record(who=None, verb=verbs.REQUESTED, about=request, label=f"{name} · {email}", run=run, after={"group": group})
    if DomainRule.objects.filter(run=run, domain=email.rpartition("@")[2].lower()).exists():
        approve(request=request, by=None)
    return request


@transaction.atomic
def approve(*, request: InvitationRequest, by: User | None) -> Invitation | None:
    """Let the person in: an invitation for one, sent by letter. None when the request is decided already.

    `by` None is a domain rule.
    """
    if not _decide(request, Decision.APPROVED, by):
        return None
    invitation = invite(
        run=request.run, role=Role.STUDENT, created_by=by, note=request.name, expires_at=clock.now() + VALID, max_uses=1
    )
    request.invitation = invitation
    request.save(update_fields=["invitation"])
    _record(verbs.REQUEST_APPROVED, request, by)
    letters.put_invitation(request, invitation, looked_at=by is not None)
    return invitation


@transaction.atomic
def approve_all(*, requests: Iterable[InvitationRequest], by: User) -> int:
    """Let all of these people in; returns how many of them were not decided already."""
    return sum(approve(request=request, by=by) is not None for request in requests)


@transaction.atomic
def decline(*, request: InvitationRequest, by: User, reason: str = "") -> bool:
    """Refuse, with a letter; False when the request is decided already."""
    if not _decide(request, Decision.DECLINED, by):
        return False
    _record(verbs.REQUEST_DECLINED, request, by, why=reason)
    letters.put_refusal(request, reason)
    return True


@transaction.atomic
def add_domain(*, run: Run, domain: str, by: User) -> Added:
    """Approve whoever asks from this domain, those who wait included. Repeating changes nothing."""
    rule, created = DomainRule.objects.get_or_create(run=run, domain=domain.lower(), defaults={"created_by": by})
    if not created:
        return Added(rule, 0)
    record(who=by, verb=verbs.DOMAIN_ADDED, about=rule, run=run, after={"domain": rule.domain})
    waiting = InvitationRequest.objects.filter(run=run, state=Decision.WAITING).select_related("run")
    theirs = [request for request in waiting if request.email.lower().endswith(f"@{rule.domain}")]
    return Added(rule, approve_all(requests=theirs, by=by))


@transaction.atomic
def remove_domain(*, rule: DomainRule, by: User) -> None:
    """From now on such requests wait for a person."""
    record(who=by, verb=verbs.DOMAIN_REMOVED, about=rule, run=rule.run, before={"domain": rule.domain})
    rule.delete()


def _decide(request: InvitationRequest, decision: Decision, by: User | None) -> bool:
    """The first decision stands: of two instructors at once, one finds it decided."""
    waiting = InvitationRequest.objects.filter(pk=request.pk, state=Decision.WAITING)
    decided = waiting.update(state=decision, decided_at=clock.now(), decided_by=by)
    request.refresh_from_db(fields=["state", "decided_at", "decided_by"])
    return bool(decided)


def _record(verb: Verb, request: InvitationRequest, by: User | None, why: str = "") -> None:
    label = f"{request.name} · {request.email}"
    record(who=by, verb=verb, about=request, label=label, run=request.run, why=why)
