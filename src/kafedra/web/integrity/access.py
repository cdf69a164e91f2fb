"""Who may see a case: the staff of its run, and each student whom it is about, once they were told.

To everybody else it isn't there. Whoever is a side of a case is not its staff.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404

from kafedra.web.integrity.models import Case, Decision, Fragment, Side
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run, one_of_run


def access_cases(user: User | AnonymousUser, run_slug: str) -> RunAccess:
    """Everything about cases, for the staff of the run; Http404 for its students."""
    access = access_run(user, run_slug)
    if not access.is_staff:
        raise Http404
    return access


def access_case(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Case, Side | None]:
    """A case, for its staff, and for a student whom it is about and who was told: with their own side."""
    access, case = one_of_run(access_run(user, run_slug), whole_cases(), pk)
    own = next((side for side in case.both if side.student_id == access.user.pk), None)
    if own is None and not access.is_staff:
        raise Http404
    if own is not None and not told(own):
        raise Http404
    return access, case, own


def access_case_as_staff(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Case]:
    """A case, for its staff alone."""
    access, case = one_of_run(access_cases(user, run_slug), whole_cases(), pk)
    if any(side.student_id == access.user.pk for side in case.both):
        raise Http404
    return access, case


def access_fragment(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Fragment]:
    """What was marked, for staff."""
    rows = Fragment.objects.select_related("case__run")
    access, fragment = one_of_run(access_cases(user, run_slug), rows, pk, run="case__run")
    access_case_as_staff(user, run_slug, fragment.case_id)
    return access, fragment


def access_own_side(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Side]:
    """One's own side of a case; Http404 for everybody else, staff too."""
    access, side = one_of_run(access_run(user, run_slug), _sides(), pk, run="case__run")
    if side.student_id != access.user.pk or not told(side):
        raise Http404
    return access, side


def access_side(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Side]:
    """A side, for the instructors of the run; PermissionDenied for assistants, who may read it."""
    access, side = one_of_run(access_cases(user, run_slug), _sides(), pk, run="case__run")
    access_case_as_staff(user, run_slug, side.case_id)
    if not access.is_instructor:
        raise PermissionDenied
    return access, side


def access_decision(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Decision]:
    """A decision, for the instructors of the run; PermissionDenied for assistants."""
    rows = Decision.objects.select_related("side__case__run", "side__student")
    access, decision = one_of_run(access_cases(user, run_slug), rows, pk, run="side__case__run")
    access_side(user, run_slug, decision.side_id)
    return access, decision


def told(side: Side) -> bool:
    """Whether its student knows of it: was asked, or heard a decision."""
    return side.told_at is not None or any(one.told for one in side.decisions.all())


def whole_cases(*, with_text: bool = True) -> QuerySet[Case]:
    """Cases with all that pages show of them, in as many queries however many there are."""
    sides = Side.objects.select_related("student", "submission__repository__run")
    sides = sides if with_text else sides.defer("lines", "cited")
    decisions = Decision.objects.select_related("made_by", "reversed_by")
    return Case.objects.select_related("run", "opened_by").prefetch_related(
        Prefetch("sides", sides),
        Prefetch("sides__decisions", decisions),
        Prefetch("fragments", Fragment.objects.select_related("marked_by")),
    )


def _sides() -> QuerySet[Side]:
    rows = Side.objects.select_related("case__run", "student", "submission__repository__run")
    return rows.prefetch_related("decisions")
