"""Slows down guessing of passwords and sending of letters. Counted in the database, so all processes count together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people.models import CountedAttempt

WINDOW: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class Limit:
    """What is attempted, and how often within the window. A whole lecture hall may sit behind one network address."""

    name: str
    by_one_address_for_one: int
    by_one_address: int
    for_one: int


# `for_one`, from anywhere, is high: nobody should be able to lock a classmate out cheaply.
PASSWORD: Final = Limit("password", by_one_address_for_one=8, by_one_address=60, for_one=100)
# A letter asked for is no failure: everybody asks for one after the first lecture. But nobody needs twenty.
LETTER: Final = Limit("letter", by_one_address_for_one=8, by_one_address=500, for_one=20)


def refused(kind: Limit, *, who: str, address: str) -> bool:
    """Count this attempt, and say whether it must be refused unread. A refused one doesn't count for those after it.

    It is written down before the others are counted, so of many at the same moment no more than allowed get through.
    """
    mine = _noted(kind, who, address)
    recent = CountedAttempt.objects.filter(kind=kind.name, at__gt=clock.now() - WINDOW)
    too_many = (
        recent.filter(who=_key(who), address=address).count() > kind.by_one_address_for_one
        or recent.filter(address=address).count() > kind.by_one_address
        or recent.filter(who=_key(who)).count() > kind.for_one
    )
    if too_many:
        mine.delete()
    return too_many


@transaction.atomic
def _noted(kind: Limit, who: str, address: str) -> CountedAttempt:
    CountedAttempt.objects.filter(at__lte=clock.now() - WINDOW).delete()
    return CountedAttempt.objects.create(kind=kind.name, who=_key(who), address=address)


@transaction.atomic
def forget(kind: Limit, *, who: str, address: str) -> None:
    """Whoever got in starts afresh."""
    CountedAttempt.objects.filter(kind=kind.name, who=_key(who), address=address).delete()


def _key(who: str) -> str:
    return who.strip().lower()[:150]
