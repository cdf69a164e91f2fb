"""The header's links to grades."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.people.hooks import Place
from kafedra.web.people.runs import RunAccess


def places(access: RunAccess) -> Sequence[Place]:
    """One's own grades; everybody's for staff."""
    if access.is_staff:
        return [Place(_("Gradebook"), reverse("gradebook:gradebook", args=[access.run.slug]), 20)]
    return [Place(_("My grades"), reverse("gradebook:grades", args=[access.run.slug]), 20)]
