"""What the site puts on other pages: its link in the header, the plan on a run's first page."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.materials.access import Reader
from kafedra.web.materials.calendar import classes
from kafedra.web.people.hooks import Place, Section
from kafedra.web.people.runs import RunAccess


def places(access: RunAccess) -> Sequence[Place]:
    """For everybody."""
    return [Place(_("Materials"), reverse("materials:plan", args=[access.run.slug]), 15)]


def plan(access: RunAccess) -> Section:
    """The classes of the run, with links to what can be read."""
    reader = Reader(access.run, access.facts, access)
    return Section("materials/_plan_section.html", 60, {"classes": classes(reader), "reader": reader})
