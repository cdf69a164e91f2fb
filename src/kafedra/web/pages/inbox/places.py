"""The header's link to the inbox."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.people.hooks import Place
from kafedra.web.people.runs import RunAccess


def places(access: RunAccess) -> Sequence[Place]:
    """For staff."""
    return [Place(_("Inbox"), reverse("inbox:inbox", args=[access.run.slug]), 25)] if access.is_staff else []
