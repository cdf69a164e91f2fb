"""Who may see and start regrades: the instructors of the run."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run_as_instructor, one_of_run
from kafedra.web.regrading.models import Regrade


def access_regrade(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Regrade]:
    """One regrade of the run; Http404 when the run has none such."""
    rows = Regrade.objects.select_related("run", "begun_by", "applied_by", "undone_by")
    return one_of_run(access_run_as_instructor(user, run_slug), rows, pk)
