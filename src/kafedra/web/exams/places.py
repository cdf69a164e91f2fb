"""Where exams are seen on other pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.exams.models import Exam
from kafedra.web.exams.selectors import title_of
from kafedra.web.people.hooks import Place, Section
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
    exams = [(exam, title_of(access.run, exam.mark)) for exam in Exam.objects.filter(run=access.run)]
    return Section("exams/_home.html", 40, {"exams": exams, "run": access.run}) if exams else None
