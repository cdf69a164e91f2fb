"""Standings, deadlines, the gradebook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from kafedra.web.api.schemas.people import PersonOut
from kafedra.web.api.schemas.values import Number


class WorkOut(Schema):
    """One assignment as it stands for one student."""

    assignment: str = Field(description=gettext_noop("its name in addresses and repositories"))
    title: str
    homework: int = Field(description=gettext_noop("the number of the homework it belongs to"))
    max_points: Number
    bonus: bool = Field(description=gettext_noop("whether its points come on top"))
    issued: date | None
    deadline: datetime | None = Field(description=gettext_noop("the student's own; null: never late"))
    course_deadline: datetime | None = Field(description=gettext_noop("everybody's"))
    state: str = Field(description=gettext_noop("later, new, accepted, waiting, running, graded or fault"))
    points: Number | None = Field(description=gettext_noop("what counts now, penalty included; null: nothing yet"))
    submission: int | None = Field(description=gettext_noop("the submission that counts"))
    best_now: Number = Field(description=gettext_noop("what faultless work of this moment would bring"))


class StandingOut(Schema):
    """Everything computed for one student in one run."""

    student: PersonOut
    homework: Number = Field(description=gettext_noop("O_hw"))
    counted_max: Number = Field(description=gettext_noop("the most that homework brings without bonuses"))
    automat: bool = Field(description=gettext_noop("whether the exam may be left out"))
    total: Number | None = Field(description=gettext_noop("the grade, to four decimals; null while a mark is missing"))
    total_exact: str | None = Field(description=gettext_noop("the same exactly, as a fraction: “73/10”"))
    record_grade: int | None = Field(description=gettext_noop("the whole number for the record book"))
    letter: str | None = Field(description=gettext_noop("where the run's grades are letters"))
    zeroed: bool = Field(description=gettext_noop("whether a confirmed case counts all homework as nothing"))
    components: Mapping[str, Number | None] = Field(description=gettext_noop("each named part of the formula"))
    assignments: list[WorkOut]


class DeadlinesOut(Schema):
    """What is due, the next first; what is never late comes last."""

    items: list[WorkOut]


class RowOut(Schema):
    """One student of the gradebook."""

    student: PersonOut
    group: str
    points: Mapping[str, Number | None] = Field(
        description=gettext_noop("what counts of each assignment; null: nothing yet")
    )
    homework: Number = Field(description=gettext_noop("O_hw"))
    automat: bool
    total: Number | None
    total_exact: str | None
    record_grade: int | None
    letter: str | None
    zeroed: bool


class GradebookOut(Schema):
    """Students by login."""

    assignments: Mapping[str, Number] = Field(description=gettext_noop("the most that each brings"))
    items: list[RowOut]
    next: str | None = Field(description=gettext_noop("the cursor of the page after; null: this is the last"))
