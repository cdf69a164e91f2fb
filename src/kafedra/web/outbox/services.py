"""Writing letters down, and what becomes of them.

Each function is one short transaction: while a mail server is being talked to, none is open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from kafedra.web import clock
from kafedra.web.frame.language import spoken
from kafedra.web.outbox import doorbell, verbs
from kafedra.web.outbox.models import Delivery, Letter
from kafedra.web.record.services import note as record
from kafedra.web.runs import course

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.runs.models import Run

FIRST_PAUSE = timedelta(seconds=30)  # doubles with each attempt
LONGEST_PAUSE = timedelta(minutes=30)
PATIENCE = timedelta(days=3)  # then a person has to look
KEPT = timedelta(days=30)
LONGEST_ERROR = 500
LONGEST_SUBJECT = 300
ENDED = (Delivery.SENT, Delivery.FAILED, Delivery.EXPIRED)


@transaction.atomic
def put(
    *,
    address: str,
    subject: str,
    text: str,
    user: User | None = None,
    run: Run | None = None,
    expires_at: datetime | None = None,
    unlisted: bool = False,
) -> Letter:
    """Store a letter: it is kept or lost together with the caller's transaction, and sent after it.

    The title of the course, in the language spoken now, goes before `subject`. Letters that expire go first.
    """
    title, now = course.current().title.in_(spoken()), clock.now()
    letter = Letter.objects.create(
        user=user, run=run, address=address, subject=" ".join(f"{title}: {subject}".split())[:LONGEST_SUBJECT],
        text=text, message_id=make_msgid(domain=urlsplit(settings.BASE_URL).hostname), at=now, next_at=now,
        retry_until=now + PATIENCE, expires_at=expires_at, unlisted=unlisted,
    )  # fmt: skip
    transaction.on_commit(doorbell.ring)
    return letter


@transaction.atomic
def take() -> Letter | None:
    """Claim the next letter while there is a connection to the mail server; nobody else will send it. None: all done.

    Those that waited for the connection itself go now, too, whatever their next attempt was set to.
    """
    now = clock.now()
    ready = Letter.objects.filter(Q(next_at__lte=now) | Q(unreachable=True), state=Delivery.WAITING)
    ready = ready.exclude(expires_at__lte=now).order_by(F("expires_at").asc(nulls_last=True), "at", "pk")
    letter = ready.first()
    if letter is None:
        return None
    mine = Letter.objects.filter(pk=letter.pk, state=Delivery.WAITING)
    if not mine.update(state=Delivery.SENDING, attempts=F("attempts") + 1, unreachable=False):
        return None
    letter.attempts += 1
    return letter


@transaction.atomic
def sent(*, pk: int) -> None:
    """The mail server has taken it."""
    _end(pk, Delivery.SENT, text="", error="")


@transaction.atomic
def refuse(*, pk: int, error: str) -> None:
    """It can't be sent, now or later: there is no such address, say. Kept, with its text, for a person to look at."""
    _end(pk, Delivery.FAILED, error=error[:LONGEST_ERROR])


@transaction.atomic
def put_off(*, letter: Letter, error: str) -> None:
    """It could not be sent this time: wait, longer after each attempt, and give up after `PATIENCE`."""
    now = clock.now()
    if letter.retry_until <= now:
        refuse(pk=letter.pk, error=error)
        return
    Letter.objects.filter(pk=letter.pk, state=Delivery.SENDING).update(
        state=Delivery.WAITING, next_at=now + pause_after(letter.attempts), error=error[:LONGEST_ERROR]
    )


@transaction.atomic
def unreachable(*, error: str) -> int:
    """The mail server does not answer: everything that is due waits; returns how many letters that are."""
    now, by_attempts = clock.now(), defaultdict(list)
    due = Letter.objects.filter(state=Delivery.WAITING, next_at__lte=now)
    for pk, attempts in due.filter(retry_until__gt=now).values_list("pk", "attempts"):
        by_attempts[attempts + 1].append(pk)
    shown = error[:LONGEST_ERROR]
    due.filter(retry_until__lte=now).update(state=Delivery.FAILED, ended_at=now, error=shown)
    for attempts, pks in by_attempts.items():
        Letter.objects.filter(pk__in=pks).update(
            attempts=attempts, next_at=now + pause_after(attempts), unreachable=True, error=shown
        )
    return sum(map(len, by_attempts.values()))


@transaction.atomic
def expire() -> int:
    """Letters that would come too late are not sent; returns how many."""
    now = clock.now()
    late = Letter.objects.filter(state=Delivery.WAITING, expires_at__lte=now)
    return late.update(state=Delivery.EXPIRED, ended_at=now, text="")


@transaction.atomic
def release(*, but: Collection[int] = ()) -> int:
    """What was being sent when the server was killed waits again; returns how many. `but` are known to have left.

    Nobody knows whether the others did: without the mail server's answer a letter is still ours to send. Its
    Message-ID stays, by which receivers recognise a second copy.
    """
    interrupted = Letter.objects.filter(state=Delivery.SENDING).exclude(pk__in=but)
    return interrupted.update(state=Delivery.WAITING, next_at=clock.now())


@transaction.atomic
def look_again() -> int:
    """At start: what waits for the mail server is tried at once: it may be another one. Returns how many letters."""
    return Letter.objects.filter(state=Delivery.WAITING, unreachable=True).update(next_at=clock.now())


@transaction.atomic
def forget_old() -> int:
    """Letters whose story ended long ago; returns how many."""
    deleted, _by_model = Letter.objects.filter(state__in=ENDED, ended_at__lt=clock.now() - KEPT).delete()
    return deleted


@transaction.atomic
def send_again(*, letter: Letter, by: User) -> bool:
    """Try a failed letter anew; False when it isn't failed (any more)."""
    now = clock.now()
    failed = Letter.objects.filter(pk=letter.pk, state=Delivery.FAILED)
    if not failed.update(
        state=Delivery.WAITING, attempts=0, next_at=now, retry_until=now + PATIENCE, ended_at=None, error=""
    ):
        return False
    record(who=by, verb=verbs.LETTER_AGAIN, about=letter, label=letter.address, run=letter.run, concerns=letter.user)
    transaction.on_commit(doorbell.ring)
    return True


def pause_after(attempts: int) -> timedelta:
    """How long a letter waits after so many attempts (at least one)."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _end(pk: int, state: Delivery, **fields: str) -> None:
    Letter.objects.filter(pk=pk, state=Delivery.SENDING).update(state=state, ended_at=clock.now(), **fields)
