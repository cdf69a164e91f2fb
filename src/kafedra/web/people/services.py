"""Writes about people: accounts, invitations, tokens."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people import verbs
from kafedra.web.people.links.services import void_links
from kafedra.web.people.members.services.belonging import join
from kafedra.web.people.models import AccessToken, Invitation, InvitationRequest, Membership, Role, User
from kafedra.web.people.opaque import digest_of, fresh
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run

TOKEN_MARK = "kaf_"  # noqa: S105  # not a secret: what tokens begin with
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
    github: str = "",
    is_staff: bool = False,
    by: User | None = None,
) -> User:
    """Create an account; without a password it can only be used by token. Raises ValidationError, IntegrityError.

    `by` is who creates it for somebody else; without it the record names the new person.
    """
    user = User(username=username.strip().lower(), display_name=display_name.strip(), language=language)
    user.email, user.github, user.is_staff = email.strip(), github.strip(), is_staff
    user.set_password(password)
    user.clean_fields()
    user.save()
    after = {"login": user.username, "name": user.display_name, "email": user.email}
    record(who=by or user, verb=verbs.ACCOUNT_CREATED, about=user, concerns=user, after=after)
    return user


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
    invitation = Invitation.objects.create(
        token=secrets.token_urlsafe(24),
        run=run,
        role=role,
        note=note.strip(),
        created_by=created_by,
        expires_at=expires_at,
        max_uses=max_uses,
    )
    after: dict[str, Value] = {"role": role.value, "note": invitation.note, "expires_at": expires_at}
    record(
        who=created_by, verb=verbs.INVITED, about=invitation, label=invitation.note or f"№ {invitation.pk}", run=run,
        after=after | {"max_uses": max_uses},
    )  # fmt: skip
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """Close the link; those who came by it stay. Repeating changes nothing."""
    if Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=clock.now()):
        label = invitation.note or f"№ {invitation.pk}"
        record(who=by, verb=verbs.INVITATION_REVOKED, about=invitation, label=label, run=invitation.run)


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
    asked = InvitationRequest.objects.filter(invitation=locked).first()
    return join(user=user, run=locked.run, role=role, group=asked.group if asked else "")


@transaction.atomic
def register(
    *,
    invitation: Invitation,
    username: str,
    display_name: str,
    password: str | None,
    language: str = "",
    email: str = "",
) -> Membership:
    """Create an account by an invitation and join its run, both or neither. Raises as the two steps do.

    What was told with the request for the invitation goes into the account: its link proved the e-mail address.
    Without a request it is `email`, which somebody else has proved.
    """
    asked = InvitationRequest.objects.filter(invitation=invitation).first()
    user = create_user(
        username=username,
        display_name=display_name,
        password=password,
        language=language,
        email=asked.email if asked else email,
        github=asked.github if asked else "",
    )
    return accept_invitation(invitation=invitation, user=user)


@transaction.atomic
def issue_token(*, user: User, label: str) -> tuple[AccessToken, str]:
    """Create a token for git; the second value is the token itself, which can't be read back later."""
    token = fresh(TOKEN_MARK)
    row = AccessToken.objects.create(
        user=user, label=label.strip()[:80] or "git", prefix=token[:8], digest=digest_of(token)
    )
    record(who=user, verb=verbs.TOKEN_ISSUED, about=row, label=row.label, concerns=user, after={"label": row.label})
    return row, token


@transaction.atomic
def revoke_token(*, token: AccessToken) -> None:
    """Make the token useless from now on. Repeating changes nothing."""
    if AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
        record(who=token.user, verb=verbs.TOKEN_REVOKED, about=token, label=token.label, concerns=token.user)


def authenticate_token(username: str, token: str) -> User | None:
    """The active user to whom `token` belongs, or None; remembers when the token was last used."""
    row = AccessToken.objects.select_related("user").filter(digest=digest_of(token), revoked_at=None).first()
    if row is None or not row.user.is_active or row.user.username != username.strip().lower():
        return None
    moment = clock.now()
    if row.last_used_at is None or abs(moment - row.last_used_at) > REMEMBER_USE_EVERY:
        AccessToken.objects.filter(pk=row.pk).update(last_used_at=moment)
    return row.user


def former_owner(username: str, token: str) -> User | None:
    """Whose token it was before it was revoked: who has it is known, though not let in."""
    row = AccessToken.objects.select_related("user").filter(digest=digest_of(token)).first()
    return row.user if row is not None and row.user.username == username.strip().lower() else None


@transaction.atomic
def change_language(*, user: User, language: str) -> None:
    """Remember the language in which `user` wants pages and terminal answers (`ru` or `en`)."""
    before, user.language = user.language, language
    if before == language:
        return
    user.save(update_fields=["language"])
    record(
        who=user, verb=verbs.LANGUAGE_CHANGED, about=user, concerns=user,
        before={"language": before}, after={"language": language},
    )  # fmt: skip


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """Set a new password; every session opened with the old one ends."""
    user.set_password(password)
    user.save(update_fields=["password"])
    void_links(user=user)
    record(who=user, verb=verbs.PASSWORD_CHANGED, about=user, concerns=user)


@transaction.atomic
def end_sessions(*, user: User) -> None:
    """Sign `user` out everywhere; the caller may keep the session at hand alive."""
    user.sessions_generation += 1
    user.save(update_fields=["sessions_generation"])
    void_links(user=user)
    record(who=user, verb=verbs.SESSIONS_ENDED, about=user, concerns=user)
