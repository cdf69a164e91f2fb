"""Reads of webhooks and of what was sent to them."""

from __future__ import annotations

from django.db.models import Q

from kafedra.web import clock
from kafedra.web.people.models import Role, User
from kafedra.web.people.runs import role_in
from kafedra.web.runs.models import Run
from kafedra.web.webhooks.models import Delivery, Event, Fate, Webhook

SHOWN = 50


def of_person(user: User) -> list[Webhook]:
    """A person's own, newest first."""
    return list(Webhook.objects.filter(user=user, removed_at=None).select_related("run"))


def hearing(run: Run, student: User, event: Event) -> list[Webhook]:
    """Those that hear of this event of this student. One query."""
    alive = Webhook.objects.filter(run=run, off_at=None, removed_at=None)
    return [one for one in alive.filter(Q(user=student) | Q(everybody=True)) if event.value in one.events]


def latest(webhook: Webhook) -> list[Delivery]:
    """What was sent last."""
    return list(webhook.deliveries.all()[:SHOWN])


def is_anything_on_the_way() -> bool:
    """Whether there is anything to send, now or later: mostly there is nothing, and that is cheap."""
    return Delivery.objects.filter(fate__in=(Fate.WAITING, Fate.SENDING)).exists()


def next_due() -> Delivery | None:
    """The delivery whose turn it is: of each address the oldest first."""
    due = Delivery.objects.filter(fate=Fate.WAITING, next_at__lte=clock.now())
    due = due.filter(webhook__off_at=None, webhook__removed_at=None)
    return due.select_related("webhook__user", "webhook__run").order_by("next_at", "pk").first()


def may_hear(webhook: Webhook) -> bool:
    """Whether its owner may still know this: what is sent is what they could read at this moment."""
    role = role_in(webhook.user, webhook.run)
    return role is not None and (not webhook.everybody or role is not Role.STUDENT)
