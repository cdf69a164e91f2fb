"""Reading news and wishes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from kafedra.web.notices.kinds import Kind, kinds, known_news
from kafedra.web.notices.models import Notice, Wish

if TYPE_CHECKING:
    from kafedra.web.people.models import User

ON_ONE_PAGE = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """How somebody wants to hear of one kind."""

    kind: Kind
    page: bool
    mail: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words."""

    notice: Notice
    text: str


def _wanted(kind: Kind, row: Wish | None) -> Wanted:
    return Wanted(kind, row.page, row.mail) if row and not kind.binding else Wanted(kind, kind.wanted, kind.mailed)


def wish(user: User, kind: Kind) -> Wanted:
    """What `user` chose for one kind, or how it is at first."""
    return _wanted(kind, Wish.objects.filter(user=user, kind=kind.value).first())


def wishes(user: User) -> list[Wanted]:
    """The same for every kind, in one query."""
    chosen = {row.kind: row for row in Wish.objects.filter(user=user)}
    return [_wanted(kind, chosen.get(kind.value)) for kind in kinds()]


def unseen(user: User) -> int:
    """How many news are new."""
    return Notice.objects.filter(user=user, seen_at=None).count()


def unread(user: User) -> list[Told]:
    """What is new, the latest first, in the language of the page."""
    return _told(Notice.objects.filter(user=user, seen_at=None))


def all_news(user: User, page: str | None) -> Page[Notice]:
    """One page of all that somebody was ever told, newest first; `page` is its number as an address has it."""
    return Paginator(Notice.objects.filter(user=user), ON_ONE_PAGE).get_page(page)


def told(page: Page[Notice]) -> list[Told]:
    """A page of news in words."""
    return _told(page.object_list)


def _told(rows: Iterable[Notice]) -> list[Told]:
    known = known_news()
    return [Told(row, known[row.news].sentence(row.facts)) for row in rows if row.news in known]
