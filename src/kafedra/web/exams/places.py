"""Where exams are seen on other pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kafedra.web import clock
from kafedra.web.exams.models import Exam, Mark, Opinion, Paper
from kafedra.web.exams.rules import title_of
from kafedra.web.people.hooks import Belongings, Place, Section
from kafedra.web.people.models import Membership
from kafedra.web.people.runs import RunAccess
from kafedra.web.runs import course


def places(access: RunAccess) -> Sequence[Place]:
    """For everybody once there is an exam; for staff where the run has a rule for one, or the course has cards."""
    prepared = access.is_staff and (access.facts.exams or course.current().tickets)
    if not prepared and not Exam.objects.filter(run=access.run).exists():
        return []
    return [Place(_("Exam"), reverse("exams:exams", args=[access.run.slug]), 55)]


def on_first_page(access: RunAccess) -> Section | None:
    """For a student: when and where, what there is to choose, and that it is marked."""
    if access.is_staff:
        return None
    now = clock.now()
    exams = [
        (exam, title_of(access.run, exam.mark), exam.at is not None and exam.at < now)
        for exam in Exam.objects.filter(run=access.run)
    ]
    return Section("exams/_home.html", 40, {"exams": exams, "run": access.run}) if exams else None


def stays(membership: Membership) -> Belongings:
    """A student's paper with its marks and sheets; what a colleague has marked."""
    of_run = {"paper__exam__run": membership.run}
    papers = Paper.objects.filter(exam__run=membership.run, student=membership.user).count()
    given = {
        (row["paper"], row["place"], row["part"])
        for kind in (Mark, Opinion)
        for row in kind.objects.filter(**of_run, by=membership.user).values("paper", "place", "part")
    }
    lines = []
    if papers:
        words = ngettext(
            "%(n)s paper of an exam, with its marks and sheets",
            "%(n)s papers of exams, with their marks and sheets",
            papers,
        )
        lines.append(words % {"n": papers})
    if given:
        words = ngettext("%(n)s part of an exam that they marked", "%(n)s parts of exams that they marked", len(given))
        lines.append(words % {"n": len(given)})
    return Belongings(stays=lines)
