"""The header's link to what is being graded."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import pgettext

from kafedra.web.people.hooks import Place
from kafedra.web.people.runs import RunAccess


def places(access: RunAccess) -> Sequence[Place]:
    """For staff."""
    return (
        [Place(pgettext("page", "Grading"), reverse("grading:grading", args=[access.run.slug]), 40)]
        if access.is_staff
        else []
    )
