"""Where cases stand on pages of others: a student's first page, what stays of whoever leaves."""

from __future__ import annotations

from django.utils.translation import ngettext

from kafedra.web.integrity.models import Side
from kafedra.web.people.hooks import Belongings, Section
from kafedra.web.people.models import Membership
from kafedra.web.people.runs import RunAccess


def home(access: RunAccess) -> Section | None:
    """What a student is asked and has not been decided."""
    if access.is_staff:
        return None
    rows = Side.objects.filter(case__run=access.run, student=access.user, told_at__isnull=False)
    asked = [side for side in rows.select_related("case__run").prefetch_related("decisions") if not side.decided]
    return Section("integrity/_home.html", 5, {"sides": asked, "run": access.run}) if asked else None


def stays(membership: Membership) -> Belongings:
    """Cases stay, and what was decided holds when somebody comes back."""
    number = Side.objects.filter(case__run=membership.run, student=membership.user).count()
    text = ngettext("%(n)s integrity case", "%(n)s integrity cases", number)
    return Belongings(stays=[text % {"n": number}] if number else [])
