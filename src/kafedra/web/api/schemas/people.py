"""Whose token it is, and who belongs to a run."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from kafedra.web.api.schemas.values import RoleName
from kafedra.web.api.scopes import Scope


class PersonOut(Schema):
    """Somebody of a run."""

    login: str
    name: str


class RunOut(Schema):
    """A run that one belongs to."""

    run: str = Field(description=gettext_noop("its name in addresses"))
    title: str
    role: RoleName = Field(description=gettext_noop("what one is there"))


class TokenOut(Schema):
    """The token in use."""

    label: str
    scopes: list[Scope]
    expires_at: datetime


class MeOut(PersonOut):
    """Whose token it is."""

    language: str = Field(description=gettext_noop("chosen for pages; empty: the browser's"))
    runs: list[RunOut]
    token: TokenOut


class MemberOut(PersonOut):
    """Somebody who belongs to a run."""

    email: str
    github: str
    role: RoleName
    group: str
    joined_at: datetime


class RosterOut(Schema):
    """Members by login."""

    items: list[MemberOut]
    next: str | None = Field(description=gettext_noop("the cursor of the page after; null: this is the last"))
