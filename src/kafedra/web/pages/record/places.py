"""The header's link to the record."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.people.hooks import Place
from kafedra.web.people.runs import RunAccess


def places(access: RunAccess) -> Sequence[Place]:
    """For instructors."""
    if not access.is_instructor:
        return []
    return [Place(_("Record"), reverse("record:run", args=[access.run.slug]), 70)]
