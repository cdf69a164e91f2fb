"""Who may touch extensions and points set by hand: the instructors of the run."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from kafedra.web.adjustments.models import Extension, Override
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run_as_instructor, one_of_run


def access_extension(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Extension]:
    """One extension of the run; Http404 when the run has none such."""
    rows = Extension.objects.select_related("run", "student")
    return one_of_run(access_run_as_instructor(user, run_slug), rows, pk)


def access_override(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Override]:
    """Points set by hand in the run; Http404 when the run has none such."""
    rows = Override.objects.select_related("run", "student", "submission")
    return one_of_run(access_run_as_instructor(user, run_slug), rows, pk)
