"""Slows down guessing of passwords and sending of letters. Counted in the database, so all processes count together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people.models import Attempt

WINDOW: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class Kind:
    """What is attempted, and how often within the window. A whole lecture hall may sit behind one network address."""

    name: str
    by_one_address_for_one: int
    by_one_address: int
    for_one: int


# `for_one`, from anywhere, is high: nobody should be able to lock a classmate out cheaply.
PASSWORD: Final = Kind("password", by_one_address_for_one=8, by_one_address=60, for_one=100)
# A letter asked for is no failure: everybody asks for one after the first lecture. But nobody needs twenty.
LETTER: Final = Kind("letter", by_one_address_for_one=8, by_one_address=500, for_one=20)


def too_many(kind: Kind, *, who: str, address: str) -> bool:
    """Whether this attempt must be refused unread."""
    recent = Attempt.objects.filter(kind=kind.name, at__gt=clock.now() - WINDOW)
    return (
        recent.filter(who=_key(who), address=address).count() >= kind.by_one_address_for_one
        or recent.filter(address=address).count() >= kind.by_one_address
        or recent.filter(who=_key(who)).count() >= kind.for_one
    )


@transaction.atomic
def note(kind: Kind, *, who: str, address: str) -> None:
    """Remember an attempt, and forget those that no longer count."""
    Attempt.objects.filter(at__lte=clock.now() - WINDOW).delete()
    Attempt.objects.create(kind=kind.name, who=_key(who), address=address)


@transaction.atomic
def forget(kind: Kind, *, who: str, address: str) -> None:
    """Whoever got in starts afresh."""
    Attempt.objects.filter(kind=kind.name, who=_key(who), address=address).delete()


def _key(who: str) -> str:
    return who.strip().lower()[:150]
