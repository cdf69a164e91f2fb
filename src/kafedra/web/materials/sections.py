"""What the site puts on other pages: its link in the header, this week and the plan on a run's first page."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.materials.access import Reader
from kafedra.web.materials.calendar import classes, week
from kafedra.web.people.hooks import Place, Section
from kafedra.web.people.runs import RunAccess


def places(access: RunAccess) -> Sequence[Place]:
    """For everybody."""
    return [Place(_("Materials"), reverse("materials:plan", args=[access.run.slug]), 15)]


def plan(access: RunAccess) -> Section:
    """The classes of the run, with links to what can be read."""
    reader = Reader(access.run, access.facts, access)
    planned = classes(reader)
    near = [meeting.one for meeting in week(reader, planned)]
    context = {"classes": planned, "run": access.run, "now_on": near[-1] if near else None}
    return Section("materials/_plan_section.html", 60, context)


def this_week(access: RunAccess) -> Section | None:
    """The class that was, and the one that comes."""
    reader = Reader(access.run, access.facts, access)
    found = week(reader, classes(reader))
    return Section("materials/_week_section.html", 30, {"run": access.run, "week": found}) if found else None
