"""Reads about people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from kafedra.course import Run as RunFacts
from kafedra.web import clock
from kafedra.web.people.models import (
    AccessToken,
    Decision,
    Invitation,
    InvitationRequest,
    Membership,
    Role,
    SignIn,
    User,
)
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

SIGN_INS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation as it stands now: `open`, `revoked`, `expired` or `used_up`."""

    invitation: Invitation
    state: str

    @property
    def is_open(self) -> bool:
        """Whether the link still lets people in."""
        return self.state == "open"


def invitation_by_token(token: str) -> InvitationView | None:
    """The invitation behind a link, whatever its state."""
    if not token.isprintable():  # PostgreSQL can't even look for it
        return None
    found = Invitation.objects.select_related("run", "created_by").filter(token=token).first()
    return InvitationView(found, found.state(clock.now())) if found else None


def invitations(run: Run) -> list[InvitationView]:
    """The links that are not for one person known by name: open ones first, newer before older."""
    moment = clock.now()
    views = [InvitationView(one, one.state(moment)) for one in run.invitations.filter(request=None)]
    return sorted(views, key=lambda view: not view.is_open)


def roster(run: Run) -> QuerySet[Membership]:
    """Members of the run with their people: instructors, assistants, students; each by name."""
    order = Case(*(When(role=role, then=Value(-role.rank)) for role in Role), output_field=IntegerField())
    return (
        Membership.objects.filter(run=run)
        .select_related("user")
        .order_by(order, "user__display_name", "user__username")
    )


def waiting_requests(run: Run) -> QuerySet[InvitationRequest]:
    """Those who asked to join and have no answer yet, the first first."""
    return InvitationRequest.objects.filter(run=run, state=Decision.WAITING).select_related("run")


def request_behind(invitation: Invitation) -> InvitationRequest | None:
    """The request that the invitation answers, if it does."""
    return InvitationRequest.objects.filter(invitation=invitation).first()


def sign_ins(user: User) -> QuerySet[SignIn]:
    """A person's own latest sign-ins, newest first."""
    return SignIn.objects.filter(user=user)[:SIGN_INS_SHOWN]


def memberships(user: User) -> QuerySet[Membership]:
    """The runs that a person belongs to, the one joined last first."""
    return Membership.objects.filter(user=user).select_related("run").order_by("-joined_at", "-pk")


def runs_of(user: User) -> list[Run]:
    """The runs a person may enter, the latest taught first; the operator of the server enters all."""
    rows = Run.objects.all() if user.is_staff else Run.objects.filter(memberships__user=user)
    known = course.current().runs
    return sorted((row for row in rows if row.slug in known), key=lambda row: _started(known[row.slug]), reverse=True)


def teaches(user: User) -> bool:
    """Whether the person is of the staff of any run, or operates the server."""
    return user.is_staff or Membership.objects.filter(user=user).exclude(role=Role.STUDENT).exists()


def _started(facts: RunFacts) -> tuple[date, str]:
    return facts.starts or date.min, facts.slug


def free_login(wanted: str) -> str:
    """`wanted` as a login, if it can be made one and nobody has it; else empty."""
    login = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:39].strip("-")
    return "" if User.objects.filter(username=login).exists() else login


def login_of(typed: str) -> str:
    """The login that somebody means: what was typed, or whose account has it as its only e-mail address."""
    typed = typed.strip()
    if "@" not in typed:
        return typed
    found = User.objects.filter(email__iexact=typed, is_active=True).values_list("username", flat=True)[:2]
    return found[0] if len(found) == 1 else typed


def live_tokens(user: User) -> QuerySet[AccessToken]:
    """A person's tokens that still work, newest first."""
    return AccessToken.objects.filter(user=user, revoked_at=None)
