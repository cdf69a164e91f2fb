"""Submissions beside what the judge gave them: what every standing is computed from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.expressions import Combinable

from kafedra.web.submissions.models import Repository, Submission

# the repository's id, the submission's, its commit, the moment of the push, its state, the report's points and seconds
GradedRow = tuple[int, int, str, datetime | str, str, Decimal | str | None, float | None]


def graded_rows(repositories: QuerySet[Repository], moment: Combinable, points: Combinable) -> Iterable[GradedRow]:
    """Repository by repository, the newest submission first; a row for each report of it, again the newest first.

    One query, so that a verdict is there with its points or not at all. Without a report there is one row, and no
    points. `moment` and `points` say in which form these are read, of `pushed_at` and `standing__points`.
    """
    standing = FilteredRelation("reports", condition=Q(reports__withdrawn_at=None))
    rows = Submission.objects.filter(repository__in=repositories).annotate(standing=standing)
    rows = rows.annotate(moment=moment, kept=points, took=F("standing__grading_seconds"))
    ordered = rows.order_by("repository_id", "-pushed_at", "-pk", "-standing__created_at", "-standing__pk")
    return ordered.values_list("repository_id", "pk", "commit", "moment", "state", "kept", "took")
