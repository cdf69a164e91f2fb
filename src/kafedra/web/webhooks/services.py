"""Registering webhooks, writing down what is to be sent, and what became of it."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from kafedra.web import clock
from kafedra.web.notices.services import tell
from kafedra.web.outbox import doorbell
from kafedra.web.outbox.services import pause_after
from kafedra.web.record.services import note as record
from kafedra.web.webhooks import news, verbs
from kafedra.web.webhooks.models import Delivery, Event, Fate, Off, Webhook

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.runs.models import Run

PATIENCE = 50  # attempts in a row: with pauses that grow to half an hour, a day
KEPT = timedelta(days=30)
CHANGE_OVER = timedelta(days=1)
SECRET_MARK = "whsec_"  # noqa: S105  # not a secret: what they begin with, as Standard Webhooks has it


@transaction.atomic
def register(*, user: User, run: Run, address: str, events: Collection[Event], everybody: bool) -> Webhook:
    """Add an address. Its secret is in the row, and shown once."""
    names = [event.value for event in Event if event in events]
    row = Webhook.objects.create(
        user=user, run=run, address=address, secret=_new_secret(), events=names, everybody=everybody
    )  # fmt: skip
    record(
        who=user, verb=verbs.REGISTERED, about=row, label=shown(row), run=run, concerns=user,
        after={"address": shown(row), "events": names, "everybody": everybody},
    )  # fmt: skip
    return row


def _new_secret() -> str:
    return SECRET_MARK + base64.b64encode(secrets.token_bytes(32)).decode()


@transaction.atomic
def change_secret(*, webhook: Webhook) -> Webhook:
    """Sign with a new secret, which is in the row and shown once; for a day the former one signs as well."""
    row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    row.former, row.former_until, row.secret = row.secret, clock.now() + CHANGE_OVER, _new_secret()
    row.save(update_fields=["former", "former_until", "secret"])
    record(who=row.user, verb=verbs.SECRET_CHANGED, about=row, label=shown(row), run=row.run, concerns=row.user)
    return row


def shown(webhook: Webhook) -> str:
    """What it is called in the record and in letters: the path may be a secret of the receiver's."""
    return urlsplit(webhook.address).netloc


@transaction.atomic
def remove(*, webhook: Webhook) -> None:
    """Forget the address; what waits is not sent. Repeating changes nothing."""
    if Webhook.objects.filter(pk=webhook.pk, removed_at=None).update(removed_at=clock.now()):
        _drop(webhook)
        record(
            who=webhook.user, verb=verbs.REMOVED, about=webhook, label=shown(webhook), run=webhook.run,
            concerns=webhook.user,
        )  # fmt: skip


@transaction.atomic
def switch_off(*, webhook: Webhook, because: Off) -> bool:
    """Send no more to it; False when that was so already."""
    alive = Webhook.objects.filter(pk=webhook.pk, off_at=None, removed_at=None)
    if not alive.update(off_at=clock.now(), off_because=because):
        return False
    _drop(webhook)
    record(
        who=None, verb=verbs.SWITCHED_OFF, about=webhook, label=shown(webhook), run=webhook.run, concerns=webhook.user,
        why=str(because.label),
    )  # fmt: skip
    if because in (Off.FAILING, Off.GONE):
        path = reverse("webhooks:webhook", args=[webhook.pk])
        tell(user=webhook.user, run=webhook.run, news=news.SWITCHED_OFF, path=path, address=shown(webhook))
    return True


@transaction.atomic
def switch_on(*, webhook: Webhook) -> None:
    """Begin again from now; what it missed it doesn't hear."""
    off = Webhook.objects.filter(pk=webhook.pk, removed_at=None).exclude(off_at=None)
    if off.update(off_at=None, off_because="", failures=0):
        record(
            who=webhook.user, verb=verbs.SWITCHED_ON, about=webhook, label=shown(webhook), run=webhook.run,
            concerns=webhook.user,
        )  # fmt: skip


@transaction.atomic
def send(*, webhooks: Iterable[Webhook], event: str, body: str) -> None:
    """Write down a message for each address; it leaves after the caller's transaction."""
    now = clock.now()
    Delivery.objects.bulk_create(
        Delivery(webhook=one, number=f"msg_{secrets.token_hex(12)}", event=event, body=body, at=now, next_at=now)
        for one in webhooks
    )
    transaction.on_commit(doorbell.ring)


@transaction.atomic
def send_again(*, delivery: Delivery) -> bool:
    """The same message once more, with the same number; False while it is on its way anyway."""
    ended = Delivery.objects.filter(pk=delivery.pk, fate__in=(Fate.SENT, Fate.FAILED))
    again = ended.update(fate=Fate.WAITING, next_at=clock.now(), ended_at=None, error="", status=None)
    transaction.on_commit(doorbell.ring)
    return bool(again)


@transaction.atomic
def take(*, delivery: Delivery) -> bool:
    """Claim it: nobody else sends it. False when somebody was faster."""
    mine = Delivery.objects.filter(pk=delivery.pk, fate=Fate.WAITING)
    return bool(mine.update(fate=Fate.SENDING, attempts=F("attempts") + 1))


@transaction.atomic
def release() -> int:
    """What was being sent when the server was killed waits again: receivers know a second copy by its number."""
    return Delivery.objects.filter(fate=Fate.SENDING).update(fate=Fate.WAITING)


@transaction.atomic
def arrived(*, delivery: Delivery, status: int) -> None:
    """It was answered with 2xx."""
    _end(delivery, Fate.SENT, status, "")
    Webhook.objects.filter(pk=delivery.webhook_id).exclude(failures=0).update(failures=0)


@transaction.atomic
def failed(*, delivery: Delivery, status: int | None, error: str) -> None:
    """It was not: everything for this address waits, longer after each attempt, until the address is switched off."""
    webhook = delivery.webhook
    Webhook.objects.filter(pk=webhook.pk).update(failures=F("failures") + 1)
    webhook.refresh_from_db(fields=["failures"])
    gone = status == 410
    if gone or webhook.failures >= PATIENCE:
        _end(delivery, Fate.FAILED, status, error)
        switch_off(webhook=webhook, because=Off.GONE if gone else Off.FAILING)
        return
    mine = Delivery.objects.filter(pk=delivery.pk, fate=Fate.SENDING)
    mine.update(fate=Fate.WAITING, status=status, error=error[:300])
    waiting = Delivery.objects.filter(webhook=webhook, fate=Fate.WAITING)
    waiting.update(next_at=clock.now() + pause_after(webhook.failures))


@transaction.atomic
def forget_old() -> int:
    """Deliveries whose story ended long ago; returns how many."""
    old = Delivery.objects.filter(fate__in=(Fate.SENT, Fate.FAILED), ended_at__lt=clock.now() - KEPT)
    deleted, _by_model = old.delete()
    return deleted


def _drop(webhook: Webhook) -> None:
    waiting = Delivery.objects.filter(webhook=webhook, fate=Fate.WAITING)
    waiting.update(fate=Fate.FAILED, ended_at=clock.now())


def _end(delivery: Delivery, fate: Fate, status: int | None, error: str) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, fate=Fate.SENDING)
    mine.update(fate=fate, ended_at=clock.now(), status=status, error=error[:300])
