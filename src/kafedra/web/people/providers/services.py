"""Connecting accounts with identities elsewhere, and creating one by an invitation that was accepted that way."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from kafedra.web.people import services as people
from kafedra.web.people import verbs
from kafedra.web.people.models import Invitation, Membership, User
from kafedra.web.people.providers import selectors
from kafedra.web.people.providers.protocol import NAMES, Identity
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb


class Taken(Exception):
    """The identity belongs to another account."""


class LastWay(Exception):
    """Without it the person would not get in any more."""


@transaction.atomic
def connect(*, user: User, identity: Identity) -> None:
    """From now on the identity signs `user` in. Repeating changes nothing. Raises Taken."""
    row, created = SocialAccount.objects.get_or_create(
        provider=identity.provider,
        uid=identity.uid,
        defaults={"user": user, "extra_data": {"shown": identity.shown}},  # nothing else is needed, or kept
    )
    if row.user_id != user.pk:
        raise Taken
    if created:
        _record(verbs.CONNECTED, row, user, identity.shown)
    if identity.provider == "github" and not user.github:
        user.github = identity.shown[:39]
        user.save(update_fields=["github"])


@transaction.atomic
def disconnect(*, user: User, pk: int) -> None:
    """The identity signs `user` in no more. Repeating changes nothing. Raises LastWay."""
    row = SocialAccount.objects.filter(user=user, pk=pk).first()
    if row is None:
        return
    if not selectors.can_do_without(user, row.provider):
        raise LastWay
    _record(verbs.DISCONNECTED, row, user, str(row.extra_data.get("shown", "")))
    row.delete()


@transaction.atomic
def sign_in(*, identity: Identity) -> User | None:
    """Whom the identity signs in: its account, or the one with the same proved address, which is connected then."""
    if selectors.is_known(identity):
        return selectors.owner(identity)
    user = selectors.owner_by_email(identity)
    if user is not None:
        connect(user=user, identity=identity)
    return user


@transaction.atomic
def register(
    *, invitation: Invitation, identity: Identity, username: str, display_name: str, language: str = ""
) -> Membership:
    """Create an account by an invitation, without a password, connect it and join, all or nothing.

    Raises as `people.services.register` and `connect` do.
    """
    membership = people.register(
        invitation=invitation, username=username, display_name=display_name, password=None, language=language,
        email=identity.emails[0] if identity.emails else "",
    )  # fmt: skip
    connect(user=membership.user, identity=identity)
    return membership


def _record(verb: Verb, row: SocialAccount, user: User, shown: str) -> None:
    told = {"provider": NAMES[row.provider]}
    connected = verb is verbs.CONNECTED
    record(
        who=user, verb=verb, about=row, label=f"{NAMES[row.provider]}: {shown}", concerns=user,
        before={} if connected else told, after=told if connected else {},
    )  # fmt: skip
