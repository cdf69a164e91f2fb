"""The header's link to extensions."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.people.hooks import Place
from kafedra.web.people.runs import RunAccess


def places(access: RunAccess) -> Sequence[Place]:
    """For instructors."""
    return (
        [Place(_("Extensions"), reverse("adjustments:adjustments", args=[access.run.slug]), 60)]
        if access.is_instructor
        else []
    )
