"""What reviews take off. Nothing but this is needed to compute points."""

from __future__ import annotations

from collections.abc import Collection

from kafedra.web.reviews.models import Publication
from kafedra.web.runs.models import Run
from kafedra.web.standings.sources import Contribution


def taken_off(run: Run, students: Collection[int] | None) -> Contribution:
    """Points taken off each reviewed submission of the run (or of some of its students): those last published.

    One query.
    """
    versions = Publication.objects.filter(review__submission__repository__run=run).order_by("number")
    if students is not None:
        versions = versions.filter(review__submission__repository__student__in=students)
    return Contribution(taken_off=dict(versions.values_list("review__submission_id", "taken_off")))
