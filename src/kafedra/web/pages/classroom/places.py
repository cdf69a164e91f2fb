"""The header's link to the run's first page."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.people.hooks import Place
from kafedra.web.people.runs import RunAccess


def places(access: RunAccess) -> Sequence[Place]:
    """For everybody."""
    return [Place(_("Course"), reverse("classroom:home", args=[access.run.slug]), 10)]
