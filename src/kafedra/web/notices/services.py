"""Writing news down, mailing it, and remembering who wants which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from kafedra.web import clock
from kafedra.web.notices import letters, selectors, verbs
from kafedra.web.notices.hooks import TOLD, Told
from kafedra.web.notices.kinds import Kind, News
from kafedra.web.notices.models import Notice, Wish
from kafedra.web.outbox.models import Delivery, Letter
from kafedra.web.record.services import note as record

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.runs.models import Run

Fact = str | bool | list[str] | list[str | None]


@transaction.atomic
def tell(*, user: User, run: Run, news: News, path: str, **facts: Fact) -> Notice | None:
    """Tell `user` the news in the ways they want: on the page, and by a letter that is kept with the write.

    `facts` fill the sentence of the news; `path` is where the news can be seen. Whoever has left
    the run hears nothing of it any more.
    """
    if not run.memberships.filter(user=user).exists():
        return None
    wish = selectors.wish(user, news.kind)
    told: dict[str, Fact] = {"run": run.slug, **facts}
    TOLD(Told(user, run, news, path, told))
    notice = Notice.objects.create(user=user, news=news.name, facts=told, path=path) if wish.page else None
    if wish.mail and user.email:
        letters.put_news(user, run, news, told, path)
    return notice


@transaction.atomic
def seen(*, user: User, pks: list[int] | None = None) -> int:
    """The news have been read: all of them, or those named. Returns how many were new."""
    rows = Notice.objects.filter(user=user, seen_at=None)
    if pks is not None:
        rows = rows.filter(pk__in=pks)
    return rows.update(seen_at=clock.now())


@transaction.atomic
def choose(*, user: User, wishes: Mapping[Kind, tuple[bool, bool]]) -> None:
    """Remember, for each kind that can be switched off, whether `user` wants news on the page and by e-mail."""
    for kind, (page, mail) in wishes.items():
        before = selectors.wish(user, kind)
        if kind.binding or (before.page, before.mail) == (page, mail):
            continue
        row, _ = Wish.objects.update_or_create(user=user, kind=kind.value, defaults={"page": page, "mail": mail})
        record(
            who=user, verb=verbs.NOTICES_CHANGED, about=row, label=kind.value, concerns=user,
            before={"page": before.page, "mail": before.mail}, after={"page": page, "mail": mail},
        )  # fmt: skip


@transaction.atomic
def fall_silent(*, user: User, run: Run) -> int:
    """Letters of the run that still wait are not sent, its news are not new any more; returns how many letters."""
    now = clock.now()
    Notice.objects.filter(user=user, facts__run=run.slug, seen_at=None).update(seen_at=now)
    theirs = Q(user=user) | Q(address__iexact=user.email) if user.email else Q(user=user)
    waiting = Letter.objects.filter(theirs, run=run, state=Delivery.WAITING)
    return waiting.update(state=Delivery.EXPIRED, ended_at=now, text="")
