"""The students of a run, and their groups."""

from __future__ import annotations

from django.db.models import F

from kafedra.web.people.models import Role, User
from kafedra.web.runs.models import Run


def students_of(run: Run) -> list[User]:
    """The students of the run by name, each with the `group` of the membership."""
    rows = User.objects.filter(memberships__run=run, memberships__role=Role.STUDENT)
    return list(rows.annotate(group=F("memberships__group")))


def group_of(student: User) -> str:
    """The group that the selector of students found; empty for none."""
    group: str = getattr(student, "group", "")
    return group
