"""News and letters of a run for somebody who doesn't belong to it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from kafedra.web import clock
from kafedra.web.notices.models import Notice
from kafedra.web.outbox.models import Delivery, Letter

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.runs.models import Run


@transaction.atomic
def fall_silent(*, user: User, run: Run) -> int:
    """Letters of the run that still wait are not sent, its news are not new any more; returns how many letters."""
    now = clock.now()
    Notice.objects.filter(user=user, facts__run=run.slug, seen_at=None).update(seen_at=now)
    theirs = Q(user=user) | Q(address__iexact=user.email) if user.email else Q(user=user)
    waiting = Letter.objects.filter(theirs, run=run, state=Delivery.WAITING)
    return waiting.update(state=Delivery.EXPIRED, ended_at=now, text="")
