"""Whose an identity is, and what an account is connected with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount

from kafedra.web.people.models import User
from kafedra.web.people.providers.protocol import NAMES, Identity, configured

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Way:
    """One provider as one account sees it; `pk` is None where it isn't connected."""

    provider: str
    name: str
    pk: int | None = None
    shown: str = ""
    since: datetime | None = None


def owner(identity: Identity) -> User | None:
    """The active account that the identity is connected with."""
    row = SocialAccount.objects.select_related("user").filter(provider=identity.provider, uid=identity.uid).first()
    return row.user if row and row.user.is_active else None


def is_known(identity: Identity) -> bool:
    """Whether it is connected with any account, open or closed."""
    return bool(SocialAccount.objects.filter(provider=identity.provider, uid=identity.uid).exists())


def owner_by_email(identity: Identity) -> User | None:
    """The one active account with an address that the provider has proved, unless it is connected there already.

    Addresses of accounts are proved, too: a letter was opened there. None when several accounts share them.
    """
    found: dict[int, User] = {}
    for email in identity.emails:
        found |= {user.pk: user for user in User.objects.filter(email__iexact=email, is_active=True)}
    if len(found) != 1:
        return None
    (user,) = found.values()
    return None if SocialAccount.objects.filter(user=user, provider=identity.provider).exists() else user


def ways(user: User) -> list[Way]:
    """Every provider of this installation, and those that are still connected from earlier."""
    rows = {row.provider: row for row in SocialAccount.objects.filter(user=user)}
    found = []
    for provider in NAMES:
        if row := rows.get(provider):
            shown = str(row.extra_data.get("shown", ""))
            found.append(Way(provider, NAMES[provider], row.pk, shown, row.date_joined))
        elif provider in configured():
            found.append(Way(provider, NAMES[provider]))
    return found


def can_do_without(user: User, provider: str) -> bool:
    """Whether `user` still gets in when `provider` is disconnected."""
    others = {way.provider for way in ways(user) if way.pk is not None} - {provider}
    return user.has_usable_password() or bool(user.email) or bool(others & configured().keys())
