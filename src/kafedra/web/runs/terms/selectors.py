"""Reading which terms were accepted."""

from __future__ import annotations

from collections.abc import Iterable

from kafedra.web.runs import course, terms
from kafedra.web.runs.models import AcceptedTerms, Run
from kafedra.web.runs.terms.values import Terms, from_json


def accepted_terms() -> dict[str, Terms]:
    """What was accepted last, by the slug of the run. One query."""
    rows = AcceptedTerms.objects.order_by("accepted_at", "pk").values_list("run__slug", "terms")
    return {slug: from_json(document) for slug, document in rows}


def runs_that_wait(runs: Iterable[Run]) -> list[Run]:
    """Those whose files say something that no instructor has accepted. One query."""
    accepted, known = accepted_terms(), course.written().runs
    return [run for run in runs if run.slug in accepted and run.slug in known and _differ(accepted[run.slug], run)]


def _differ(accepted: Terms, run: Run) -> bool:
    return bool(terms.differences(accepted, terms.written(run.slug)))


def terms_wait(run: Run) -> bool:
    """Whether the run is one of those."""
    return bool(runs_that_wait([run]))
