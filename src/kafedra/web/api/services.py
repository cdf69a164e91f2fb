"""Making and revoking tokens, and finding out whose one is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from kafedra.web import clock
from kafedra.web.api import letters, verbs
from kafedra.web.api.models import ApiToken
from kafedra.web.api.scopes import Scope
from kafedra.web.people.opaque import digest_of, fresh
from kafedra.web.record.services import note as record

if TYPE_CHECKING:
    from kafedra.web.people.models import User

MARK = "kapi_"  # what such tokens begin with: a scanner for leaked secrets knows them by it
REMEMBER_USE_EVERY = timedelta(minutes=1)
WARNED_BEFORE = timedelta(days=3)
STILL_IN_USE = timedelta(days=14)


@transaction.atomic
def issue(*, user: User, label: str, scopes: Collection[Scope], days: int) -> tuple[ApiToken, str]:
    """Create a token that works for so many days; the second value is the token itself, which can't be read back."""
    token, now = fresh(MARK), clock.now()
    names = [scope.value for scope in Scope if scope in scopes]
    row = ApiToken.objects.create(
        user=user, label=label.strip()[:80], prefix=token[:9], digest=digest_of(token), scopes=names, created_at=now,
        expires_at=now + timedelta(days=days),
    )  # fmt: skip
    record(
        who=user, verb=verbs.ISSUED, about=row, label=row.label, concerns=user,
        after={"label": row.label, "scopes": names, "works_until": row.expires_at},
    )  # fmt: skip
    return row, token


@transaction.atomic
def revoke(*, token: ApiToken) -> None:
    """Make the token useless from now on. Repeating changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
        record(who=token.user, verb=verbs.REVOKED, about=token, label=token.label, concerns=token.user)


@transaction.atomic
def warn() -> int:
    """Write to everybody whose token expires within days, once for each; returns how many letters that are.

    A token that nobody has used lately is a program that nobody runs any more.
    """
    now, used = clock.now(), Q(last_used_at__gt=clock.now() - STILL_IN_USE)
    soon = ApiToken.objects.filter(used, revoked_at=None, warned_at=None, expires_at__gt=now)
    rows = list(soon.filter(expires_at__lte=now + WARNED_BEFORE).select_related("user"))
    for row in rows:
        if row.user.email and row.user.is_active:
            letters.put_expiry(row)
    return ApiToken.objects.filter(pk__in=[row.pk for row in rows]).update(warned_at=now)


def authenticate(*, token: str) -> ApiToken | None:
    """The row of a token that works and whose person may sign in, or None; remembers when it was last used."""
    row = ApiToken.objects.select_related("user").filter(digest=digest_of(token)).first()
    moment = clock.now()
    if row is None or not row.works(moment) or not row.user.is_active:
        return None
    if row.last_used_at is None or abs(moment - row.last_used_at) > REMEMBER_USE_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=moment)
    return row
