"""What is in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q, QuerySet

from kafedra.web import clock
from kafedra.web.notices.models import Delivery, Letter

if TYPE_CHECKING:
    from kafedra.web.classroom.models import Run

SHOWN = 200
_ON_THE_WAY = (Delivery.WAITING, Delivery.SENDING)


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
    """Those of the run, and those about the accounts of its members."""
    members = run.memberships.values("user_id")
    return Letter.objects.filter(Q(run=run) | Q(run=None, user__in=members))


def shown(run: Run) -> list[Letter]:
    """The letters of a run for its instructors: first what did not leave, then what is on its way, then the rest."""
    order = {Delivery.FAILED: 0, Delivery.EXPIRED: 0, Delivery.SENDING: 1, Delivery.WAITING: 1}
    rows = letters_of(run).select_related("user").defer("text")
    urgent = list(rows.exclude(state=Delivery.SENT)[:SHOWN])
    rest = list(rows.filter(state=Delivery.SENT)[: max(0, SHOWN - len(urgent))])
    return sorted(urgent, key=lambda one: order[Delivery(one.state)]) + rest
