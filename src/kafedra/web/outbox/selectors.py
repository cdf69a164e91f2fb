"""What is in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Count, IntegerField, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from kafedra.web import clock
from kafedra.web.frame.searching import finds
from kafedra.web.outbox.models import Delivery, Letter

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run

_ON_THE_WAY = (Delivery.WAITING, Delivery.SENDING)
_DID_NOT_LEAVE = (Delivery.FAILED, Delivery.EXPIRED)
# What one may ask for, and what is found then: whether a letter waits or is being sent is all the same to whoever asks.
STATES = {
    Delivery.SENT.value: (Delivery.SENT,),
    Delivery.WAITING.value: _ON_THE_WAY,
    Delivery.FAILED.value: (Delivery.FAILED,),
    Delivery.EXPIRED.value: (Delivery.EXPIRED,),
}


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the post goes. `since` is when the oldest letter on its way was written, `error` why the last one waits."""

    waiting: int
    failed: int
    expired: int
    since: datetime | None
    error: str


def is_anything_on_the_way() -> bool:
    """Whether any letter has not reached its end."""
    return Letter.objects.filter(state__in=_ON_THE_WAY).exists()


def is_anything_due() -> bool:
    """Whether there is a letter whose time has come."""
    return Letter.objects.filter(state=Delivery.WAITING, next_at__lte=clock.now()).exists()


def outbox(letters: QuerySet[Letter] | None = None) -> Outbox:
    """The state of all letters, or of some. Two queries."""
    rows = Letter.objects.all() if letters is None else letters
    rows = rows.order_by()
    on_the_way = Q(state__in=_ON_THE_WAY)
    counted = rows.aggregate(
        waiting=Count("pk", filter=on_the_way),
        failed=Count("pk", filter=Q(state=Delivery.FAILED)),
        expired=Count("pk", filter=Q(state=Delivery.EXPIRED)),
        since=Min("at", filter=on_the_way),
    )
    stuck = rows.filter(on_the_way | Q(state=Delivery.FAILED)).exclude(error="").order_by("-next_at").first()
    return Outbox(**counted, error=stuck.error if stuck else "")


def letters_of(run: Run) -> QuerySet[Letter]:
    """Those of the run, and those about the accounts of its members; of the unlisted ones none."""
    members = run.memberships.values("user_id")
    return Letter.objects.filter(Q(run=run) | Q(run=None, user__in=members), unlisted=False)


def found(run: Run, *, person: str = "", state: str = "") -> QuerySet[Letter]:
    """The letters of a run: first what did not leave, then what is on its way, then the rest; the newest first.

    `person` is looked for in names, logins and addresses: one query more. `state` is one of STATES; empty: all.
    """
    turn = Case(
        When(state__in=_DID_NOT_LEAVE, then=0), When(state__in=_ON_THE_WAY, then=1), default=2,
        output_field=IntegerField(),
    )  # fmt: skip
    rows = letters_of(run).filter(state__in=STATES.get(state, Delivery.values))
    if person.strip():
        rows = rows.filter(_to(rows, person))
    return rows.select_related("user").defer("text").order_by(turn, "-at", "-pk")


def _to(rows: QuerySet[Letter], person: str) -> Q:
    """Letters to whoever is called so. Names are compared in Python, once for each address: `ё` is `е`."""
    name, login = Coalesce("user__display_name", Value("")), Coalesce("user__username", Value(""))
    receivers = rows.order_by().values_list("user", "address", name, login).distinct()
    found = [(user, address) for user, address, name, login in receivers if finds(person, address, name, login)]
    strangers = [address for user, address in found if not user]
    return Q(user__in=[user for user, _address in found if user]) | Q(user=None, address__in=strangers)
