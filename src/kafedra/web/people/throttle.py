"""Slows down guessing of passwords. Failures are counted in the database, so all processes count together."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people.models import FailedSignIn

WINDOW = timedelta(minutes=15)
FROM_ONE_ADDRESS_FOR_ONE_LOGIN = 8
FROM_ONE_ADDRESS = 60  # a whole class may sit behind one address
FOR_ONE_LOGIN = 100  # from anywhere; high, so that nobody can lock a classmate out cheaply


def too_many(*, username: str, address: str) -> bool:
    """Whether this attempt to sign in must be refused unread."""
    recent = FailedSignIn.objects.filter(at__gt=clock.now() - WINDOW)
    return (
        recent.filter(username=_key(username), address=address).count() >= FROM_ONE_ADDRESS_FOR_ONE_LOGIN
        or recent.filter(address=address).count() >= FROM_ONE_ADDRESS
        or recent.filter(username=_key(username)).count() >= FOR_ONE_LOGIN
    )


@transaction.atomic
def failed(*, username: str, address: str) -> None:
    """Remember a failure, and forget those that no longer count."""
    FailedSignIn.objects.filter(at__lte=clock.now() - WINDOW).delete()
    FailedSignIn.objects.create(username=_key(username), address=address)


@transaction.atomic
def succeeded(*, username: str, address: str) -> None:
    """Whoever got in starts afresh."""
    FailedSignIn.objects.filter(username=_key(username), address=address).delete()


def _key(username: str) -> str:
    return username.strip().lower()[:150]
