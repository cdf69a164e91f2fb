"""Reading news and wishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafedra.web.notices.kinds import WANTED_AT_FIRST, Kind
from kafedra.web.notices.models import Notice, Wish
from kafedra.web.notices.wording import sentence

if TYPE_CHECKING:
    from kafedra.web.people.models import User

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """How somebody wants to hear of one kind."""

    kind: Kind
    page: bool
    mail: bool


@dataclass(frozen=True, slots=True)
class News:
    """A notice in words."""

    notice: Notice
    text: str


def _at_first(kind: Kind) -> Wanted:
    return Wanted(kind, kind in WANTED_AT_FIRST, kind in WANTED_AT_FIRST)


def wish(user: User, kind: Kind) -> Wanted:
    """What `user` chose for one kind, or how it is at first."""
    row = Wish.objects.filter(user=user, kind=kind).first()
    return Wanted(kind, row.page, row.mail) if row else _at_first(kind)


def wishes(user: User) -> list[Wanted]:
    """The same for every kind, in one query."""
    chosen = {row.kind: row for row in Wish.objects.filter(user=user)}
    return [Wanted(kind, chosen[kind].page, chosen[kind].mail) if kind in chosen else _at_first(kind) for kind in Kind]


def unseen(user: User) -> int:
    """How many news are new."""
    return Notice.objects.filter(user=user, seen_at=None).count()


def news(user: User, *, only_new: bool = False) -> list[News]:
    """The latest news, newest first, in the language of the page."""
    rows = Notice.objects.filter(user=user)
    if only_new:
        rows = rows.filter(seen_at=None)
    return [News(row, sentence(Kind(row.kind), row.facts)) for row in rows[:SHOWN]]
