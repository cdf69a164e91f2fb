"""Slows down guessing of passwords and sending of letters. Counted in the database, so all processes count together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kafedra.web import clock
from kafedra.web.people.models import CountedAttempt, User

WINDOW: Final = timedelta(minutes=15)
_LONGEST: Final = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """What is attempted, and how often within the window. A whole lecture hall may sit behind one network address."""

    name: str
    by_one_address_for_one: int
    by_one_address: int
    for_one: int
    window: timedelta = WINDOW


# `for_one`, from anywhere, is high: nobody should be able to lock a classmate out cheaply.
PASSWORD: Final = Limit("password", by_one_address_for_one=8, by_one_address=60, for_one=100)
# In a browser in which that very person has signed in before, its mark stands for the address: whatever is guessed from
# elsewhere, or from the same dormitory, they still get in.
KNOWN: Final = Limit("known", by_one_address_for_one=20, by_one_address=20, for_one=1000)
# A letter asked for is no failure: everybody asks for one after the first lecture. But nobody needs many.
LETTER: Final = Limit("letter", by_one_address_for_one=4, by_one_address=500, for_one=6)
LETTER_A_DAY: Final = Limit("letter/day", 12, 5000, for_one=12, window=_LONGEST)
# What is said to staff and classmates, by one person: a conversation is slower.
MESSAGE: Final = Limit("message", by_one_address_for_one=30, by_one_address=100_000, for_one=30)
# Forms with pictures, each of which may cost seconds of the processor, sent or only looked at before they are.
PICTURES: Final = Limit("pictures", by_one_address_for_one=30, by_one_address=100_000, for_one=30)


def refused(kind: Limit, *, who: str, address: str) -> bool:
    """Count this attempt, and say whether it must be refused unread. A refused one doesn't count for those after it.

    Who has had enough already is told so without a word written: a flood of guesses keeps nobody from the database. Any
    other is written down before it is counted with the rest, so of many at the same moment no more than allowed get
    through.
    """
    if _too_many(kind, who, address, coming=1):
        return True
    mine = _noted(kind, who, address)
    if found := _too_many(kind, who, address):
        mine.delete()
    return found


def _too_many(kind: Limit, who: str, address: str, *, coming: int = 0) -> bool:
    """Whether more are written down than allowed, with as many as are `coming`."""
    recent = CountedAttempt.objects.filter(kind=kind.name, at__gt=clock.now() - kind.window)
    return (
        recent.filter(who=_key(who), address=address).count() + coming > kind.by_one_address_for_one
        or recent.filter(address=address).count() + coming > kind.by_one_address
        or recent.filter(who=_key(who)).count() + coming > kind.for_one
    )


def password_limit(*, mark: str, address: str) -> tuple[Limit, str]:
    """What a wrong password counts against, and from where: the browser by its `mark`, if it has one, or an address."""
    return (KNOWN, mark) if mark else (PASSWORD, address)


def letter_refused(*, email: str, address: str) -> str:
    """Count a letter that a stranger asks for, to `email`; why it is not sent, in words, or nothing."""
    if refused(LETTER, who=email, address=address):
        return _("Too many attempts. Please wait a quarter of an hour and try again.")
    if refused(LETTER_A_DAY, who=email, address=address):
        return _("Many letters have been sent to this address today. Look among the unwanted ones, or try tomorrow.")
    return ""


def message_refused(user: User) -> str:
    """Count something that `user` says to others; why it is not sent, in words, or nothing."""
    if refused(MESSAGE, who=str(user.pk), address=""):
        return _("That is a lot within a quarter of an hour. Nothing was sent: wait a little, then go on.")
    return ""


def pictures_refused(user: User) -> str:
    """Count a form with pictures; why they are not looked at, in words, or nothing."""
    if refused(PICTURES, who=str(user.pk), address=""):
        return _("That is a lot of pictures within a quarter of an hour. Wait a little, then go on.")
    return ""


@transaction.atomic
def _noted(kind: Limit, who: str, address: str) -> CountedAttempt:
    CountedAttempt.objects.filter(at__lte=clock.now() - _LONGEST).delete()
    return CountedAttempt.objects.create(kind=kind.name, who=_key(who), address=address)


@transaction.atomic
def forget(kind: Limit, *, who: str, address: str) -> None:
    """Whoever got in starts afresh."""
    CountedAttempt.objects.filter(kind=kind.name, who=_key(who), address=address).delete()


def _key(who: str) -> str:
    return who.strip().lower()[:150]
