"""Writes about people: accounts, invitations, tokens."""

from __future__ import annotations

import hashlib
import secrets
import string
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people.models import AccessToken, Invitation, Membership, Role, User

if TYPE_CHECKING:
    from kafedra.web.classroom.models import Run

TOKEN_MARK = "kaf_"  # noqa: S105  # not a secret: what tokens begin with
TOKEN_LETTERS = string.ascii_letters + string.digits  # a double click selects all of it, an address needs no quoting
TOKEN_LENGTH = 32  # 190 bits
REMEMBER_USE_EVERY = timedelta(minutes=1)


class InvitationUnusable(Exception):
    """The link lets nobody in; `reason` is `revoked`, `expired` or `used_up`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def create_user(
    *,
    username: str,
    display_name: str,
    password: str | None = None,
    email: str = "",
    language: str = "",
    is_staff: bool = False,
) -> User:
    """Create an account; without a password it can only be used by token. Raises ValidationError, IntegrityError."""
    user = User(username=username.strip().lower(), display_name=display_name.strip(), language=language)
    user.email, user.is_staff = email, is_staff
    user.set_password(password)
    user.clean_fields()
    user.save()
    return user


@transaction.atomic
def join(*, user: User, run: Run, role: Role) -> Membership:
    """Make `user` a member of `run`; an existing membership is raised to `role` but never lowered."""
    membership, created = Membership.objects.get_or_create(user=user, run=run, defaults={"role": role})
    if not created and Role(membership.role).rank < role.rank:
        membership.role = role
        membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def invite(
    *,
    run: Run,
    role: Role,
    created_by: User | None,
    note: str = "",
    expires_at: datetime | None = None,
    max_uses: int | None = None,
) -> Invitation:
    """Create an invitation link to `run`."""
    return Invitation.objects.create(
        token=secrets.token_urlsafe(24),
        run=run,
        role=role,
        note=note.strip(),
        created_by=created_by,
        expires_at=expires_at,
        max_uses=max_uses,
    )


@transaction.atomic
def revoke_invitation(*, invitation: Invitation) -> None:
    """Close the link; those who came by it stay. Repeating changes nothing."""
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=clock.now())


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Membership:
    """Let `user` into the run. Raises InvitationUnusable. A member who gains nothing by it uses nothing up."""
    locked = Invitation.objects.select_for_update().select_related("run").get(pk=invitation.pk)
    role = Role(locked.role)
    present = Membership.objects.filter(user=user, run=locked.run).first()
    if present is not None and Role(present.role).rank >= role.rank:
        return present
    state = locked.state(clock.now())
    if state != "open":
        raise InvitationUnusable(state)
    locked.uses += 1
    locked.save(update_fields=["uses"])
    return join(user=user, run=locked.run, role=role)


@transaction.atomic
def register(
    *, invitation: Invitation, username: str, display_name: str, password: str, language: str = ""
) -> Membership:
    """Create an account by an invitation and join its run, both or neither. Raises as the two steps do."""
    user = create_user(username=username, display_name=display_name, password=password, language=language)
    return accept_invitation(invitation=invitation, user=user)


@transaction.atomic
def issue_token(*, user: User, label: str) -> tuple[AccessToken, str]:
    """Create a token for git; the second value is the token itself, which can't be read back later."""
    token = TOKEN_MARK + "".join(secrets.choice(TOKEN_LETTERS) for _ in range(TOKEN_LENGTH))
    row = AccessToken.objects.create(
        user=user, label=label.strip()[:80] or "git", prefix=token[:8], digest=_digest(token)
    )
    return row, token


@transaction.atomic
def revoke_token(*, token: AccessToken) -> None:
    """Make the token useless from now on. Repeating changes nothing."""
    AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())


def authenticate_token(username: str, token: str) -> User | None:
    """The active user to whom `token` belongs, or None; remembers when the token was last used."""
    row = AccessToken.objects.select_related("user").filter(digest=_digest(token), revoked_at=None).first()
    if row is None or not row.user.is_active or row.user.username != username.strip().lower():
        return None
    moment = clock.now()
    if row.last_used_at is None or abs(moment - row.last_used_at) > REMEMBER_USE_EVERY:
        AccessToken.objects.filter(pk=row.pk).update(last_used_at=moment)
    return row.user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def change_language(*, user: User, language: str) -> None:
    """Remember the language in which `user` wants pages and terminal answers (`ru` or `en`)."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """Set a new password; every session opened with the old one ends."""
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def end_sessions(*, user: User) -> None:
    """Sign `user` out everywhere; the caller may keep the session at hand alive."""
    user.sessions_generation += 1
    user.save(update_fields=["sessions_generation"])
