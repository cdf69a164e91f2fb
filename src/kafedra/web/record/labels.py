"""What the record calls somebody's work: the assignment, the student's login, and perhaps the commit.

It is written and read here and nowhere else. Stored are slugs: the title of an assignment may change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from kafedra.web.people.models import User

_BETWEEN = " · "


def of_work(assignment: str, student: User, commit: str = "") -> str:
    """The label of a line about `student`'s work on the assignment, or about one commit (abbreviated) of it."""
    return _BETWEEN.join([assignment, student.username, *([commit] if commit else [])])


def work_in(label: str) -> tuple[str, str]:
    """What a label begins with, the slug of an assignment if it is about one, and the rest as it is shown."""
    slug, between, rest = label.partition(_BETWEEN)
    return slug, between + rest


def about_works(slugs: Iterable[str]) -> Q:
    """The lines about these assignments."""
    found = Q(pk__in=[])
    for slug in slugs:
        found |= Q(label=slug) | Q(label__startswith=slug + _BETWEEN)
    return found
