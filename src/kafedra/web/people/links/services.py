"""Links to sign in (signed, short-lived, used once), confirmation of addresses, the list of sign-ins."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse

from kafedra.web import clock
from kafedra.web.people import letters, verbs
from kafedra.web.people.models import SignIn, SignInLink, User
from kafedra.web.people.opaque import digest_of
from kafedra.web.record.services import note as record

LINK_LIVES = timedelta(minutes=15)
CONFIRMATION_LIVES = timedelta(days=1)
KEPT_LINKS = timedelta(days=1)
LINK_SALT = "kafedra.people.sign-in"
EMAIL_SALT = "kafedra.people.email"


@transaction.atomic
def send_links(*, email: str) -> int:
    """Mail a link to every account with this address (somebody may have two); returns how many there are."""
    SignInLink.objects.filter(created_at__lt=clock.now() - KEPT_LINKS).delete()
    users = list(User.objects.filter(email__iexact=email, is_active=True).exclude(email=""))
    for user in users:
        secret = secrets.token_urlsafe(24)
        row = SignInLink.objects.create(user=user, digest=digest_of(secret))
        path = reverse("people:open_link", args=[signing.Signer(salt=LINK_SALT).sign(secret)])
        record(who=user, verb=verbs.SIGN_IN_LINK_SENT, about=row, label=user.username, concerns=user)
        letters.put_sign_in(user, path, _minutes(), row.created_at + LINK_LIVES)
    return len(users)


def link_owner(token: str) -> User | None:
    """Whom the link would sign in; None when it is forged, used or too old."""
    row = _live(token)
    return row.user if row else None


@transaction.atomic
def use_link(*, token: str) -> User | None:
    """Use the link up and return whom it signs in; None when it is forged, used or too old."""
    row = _live(token)
    if row is None or not SignInLink.objects.filter(pk=row.pk, used_at=None).update(used_at=clock.now()):
        return None
    return row.user


def _live(token: str) -> SignInLink | None:
    try:
        secret = signing.Signer(salt=LINK_SALT).unsign(token)
    except signing.BadSignature:
        return None
    since = clock.now() - LINK_LIVES
    rows = SignInLink.objects.select_related("user").filter(used_at=None, created_at__gt=since, user__is_active=True)
    return rows.filter(digest=digest_of(secret)).first()


def _minutes() -> int:
    return int(LINK_LIVES.total_seconds() // 60)


@transaction.atomic
def ask_to_confirm(*, user: User, email: str) -> None:
    """Mail a link to the new address; nothing changes until it is opened."""
    now = clock.now()
    told = {"user": user.pk, "email": email, "instead_of": user.email, "at": now.timestamp()}
    token = signing.dumps(told, salt=EMAIL_SALT)
    path = reverse("people:confirm_email", args=[token])
    letters.put_confirmation(user, email, path, now + CONFIRMATION_LIVES)


def confirmed_email(*, user: User, token: str) -> str | None:
    """The address that `token` confirms for `user`; None when it is forged, old, or somebody else's.

    Of several links the first one that is used counts: the others were meant instead of an address that has changed.
    """
    try:
        told = signing.loads(token, salt=EMAIL_SALT)
    except signing.BadSignature:
        return None
    fresh = clock.now().timestamp() - told["at"] < CONFIRMATION_LIVES.total_seconds()
    its_own = told["user"] == user.pk and told.get("instead_of") == user.email
    return str(told["email"]) if fresh and its_own else None


@transaction.atomic
def change_email(*, user: User, email: str) -> None:
    """Letters go to `email` from now on; an empty one stops them. Repeating changes nothing.

    The address before hears of it, and links to sign in that it got are void.
    """
    before, user.email = user.email, email
    if before == email:
        return
    user.save(update_fields=["email"])
    record(
        who=user, verb=verbs.EMAIL_CHANGED, about=user, concerns=user, before={"email": before}, after={"email": email}
    )
    void_links(user=user)
    if before:
        letters.put_address_changed(user, before, email)


def void_links(*, user: User) -> None:
    """Make every link to sign in that is on its way useless: the password, the address or the devices changed."""
    SignInLink.objects.filter(user=user, used_at=None).update(used_at=clock.now())


@transaction.atomic
def remember_sign_in(*, user: User, way: str, address: str, browser: str) -> SignIn:
    """Add to the person's own list of sign-ins."""
    return SignIn.objects.create(user=user, way=way, address=address[:64], browser=browser[:300])
