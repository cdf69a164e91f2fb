"""Where feedback is seen from: the header, the run's first page, the topics' pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.people.hooks import Place, Section
from kafedra.web.people.runs import RunAccess
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys import selectors
from kafedra.web.surveys.timing import asked_topics


def places(access: RunAccess) -> Sequence[Place]:
    """For everybody, once something can be asked."""
    if not asked_topics(course.current(), access.facts):
        return []
    return [Place(_("Feedback"), reverse("surveys:feedback", args=[access.run.slug]), 45)]


def home(access: RunAccess) -> Section | None:
    """«Ждёт отзыва», for students; for staff, how many answers nobody has looked through."""
    if access.is_staff:
        new = selectors.new_words(access.run)
        waiting = [one for one in selectors.results(access) if one.new] if new else []
        return Section("surveys/_to_read.html", 35, {"results": waiting}) if waiting else None
    waits = [one for one in selectors.asked(access) if one.waits]
    return Section("surveys/_waits.html", 25, {"waiting": waits}) if waits else None


def topic(run: Run, number: int, access: RunAccess | None) -> Section | None:
    """On a topic's page: what was heard about the topic before, and the form about this one. Nothing for visitors."""
    if access is None:
        return None
    before = selectors.before(access.facts, number)
    one = selectors.asked_about(access, number)
    context = {
        "before": course.current().topic(before) if before else None,
        "remarks": selectors.remarks_on(run, before) if before else [],
        "asked": one if one is not None and (one.waits or (access.is_staff and one.has_begun)) else None,
    }
    return Section("surveys/_topic.html", 15, context) if context["remarks"] or context["asked"] else None
