"""Extensions, as they are read and given."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import ConfigDict, Field

from kafedra.web.api.schemas.people import PersonOut


class ExtensionOut(Schema):
    """A later deadline of one student for one assignment."""

    id: int
    batch: str = Field(description=gettext_noop("the same for what was given together"))
    student: PersonOut
    assignment: str
    deadline: datetime | None = Field(description=gettext_noop("until when, or null where days are given"))
    days: int | None = Field(description=gettext_noop("after everybody's deadline, or null where a moment is given"))
    reason: str
    given_at: datetime
    given_by: str
    undone_at: datetime | None


class ExtensionsOut(Schema):
    """Extensions, the newest first; undone ones too."""

    items: list[ExtensionOut]
    next: str | None = Field(description=gettext_noop("the cursor of the page after; null: this is the last"))


class ExtensionIn(Schema):
    """Whose deadlines move, of which assignments, until when or by how much, and why."""

    model_config = ConfigDict(extra="forbid")

    students: list[str] = Field(default=[], max_length=1000, description=gettext_noop("logins"))
    group: str = Field(default="", max_length=100, description=gettext_noop("or everybody of a group"))
    assignments: list[str] = Field(min_length=1, max_length=200)
    deadline: datetime | None = Field(
        default=None, description=gettext_noop("until when; without a zone it is the course's")
    )
    days: int | None = Field(default=None, description=gettext_noop("or so many days after everybody's deadline"))
    reason: str = Field(description=gettext_noop("the student reads it too"))


class GivenOut(Schema):
    """What was given together, and whose deadlines it moves."""

    batch: str
    items: list[ExtensionOut]
