"""What reviews take off. Nothing but this is needed to compute points."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import QuerySet

from kafedra.web.reviews.models import Publication
from kafedra.web.submissions.models import Repository


def taken_off(repositories: QuerySet[Repository]) -> dict[int, Decimal]:
    """Points taken off each reviewed submission of `repositories`, by its id: those last published. One query."""
    versions = Publication.objects.filter(review__submission__repository__in=repositories).order_by("number")
    return dict(versions.values_list("review__submission_id", "taken_off"))
