"""The header's link to reviews."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.people.hooks import Place
from kafedra.web.people.runs import RunAccess


def places(access: RunAccess) -> Sequence[Place]:
    """The queue, for staff."""
    if not access.is_staff:
        return []
    return [Place(_("Reviews"), reverse("reviews:queue", args=[access.run.slug]), 30)]
