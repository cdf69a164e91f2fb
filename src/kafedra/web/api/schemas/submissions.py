"""Submissions and reports."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from kafedra.grading.report import Outcome
from kafedra.web.api.schemas.people import PersonOut
from kafedra.web.api.schemas.values import Number, StateName


class SubmissionOut(Schema):
    """One push to one assignment, and what it is worth."""

    id: int
    run: str
    assignment: str
    student: PersonOut
    commit: str
    pushed_at: datetime
    state: StateName = Field(description=gettext_noop("fault: grading failed for a reason of ours, nothing is lost"))
    points: Number | None = Field(
        description=gettext_noop("what it is worth, penalty included; null while there is no verdict")
    )
    max_points: Number
    automatic: Number | None = Field(description=gettext_noop("by the tests, or set by hand"))
    taken_off: Number | None = Field(description=gettext_noop("in review"))
    penalty: Number | None = Field(description=gettext_noop("lost by lateness, as a fraction of one"))
    days_late: int | None
    deadline: datetime | None
    counted: bool = Field(description=gettext_noop("whether it is the one that counts"))
    page: str = Field(description=gettext_noop("where a person looks at it"))


class SubmissionsOut(Schema):
    """Submissions, the newest first."""

    items: list[SubmissionOut]
    next: str | None = Field(description=gettext_noop("the cursor of the page after; null: this is the last"))


class TestOut(Schema):
    """One test of a report."""

    id: str
    title: str
    hidden: bool
    outcome: Outcome
    points: Number
    max_points: Number
    message: str = Field(description=gettext_noop("what is wrong; of a hidden test only that it failed"))
    hint: str


class ReportOut(Schema):
    """What the judge said of one submission: the newest report, before review and penalty."""

    submission: int
    created_at: datetime
    points: Number
    max_points: Number
    seed: int = Field(description=gettext_noop("repeats the run exactly"))
    grading_seconds: float = Field(description=gettext_noop("added to the moment of the push; waiting excluded"))
    tests: list[TestOut]
    notes: list[str] = Field(description=gettext_noop("remarks about the file"))
    output: str = Field(description=gettext_noop("the end of what the code printed"))
