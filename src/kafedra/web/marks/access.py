"""Who may enter which mark."""

from __future__ import annotations

from django.http import Http404

from kafedra.policy.scheme import Marked
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run_as_staff
from kafedra.web.runs import terms


def access_mark(user: User, run: str, name: str) -> tuple[RunAccess, Marked]:
    """A mark of the run's formula, for its staff; Http404 where the formula in force has none such."""
    access = access_run_as_staff(user, run)
    mark = terms.in_force(access.run.slug).formula.mark(name)
    if mark is None:
        raise Http404
    return access, mark
