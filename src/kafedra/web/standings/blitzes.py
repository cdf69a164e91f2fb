"""Blitzes as parts of the grade: the best attempt at each topic's, in per cent."""

from __future__ import annotations

from decimal import Decimal

from kafedra.policy.scheme import blitz_of
from kafedra.web.blitz.admission import passed
from kafedra.web.runs import terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.sources import Contribution, Students

HUNDRED = Decimal(100)


def blitz_results(run: Run, students: Students) -> Contribution:
    """What everybody has in the blitzes, if the run's formula asks for any."""
    if not terms.in_force(run.slug).scheme.asks_blitzes:
        return Contribution()
    return Contribution(
        components={
            (student, blitz_of(topic)): share * HUNDRED
            for student, found in passed(run, students).items()
            for topic, share in found.best.items()
        }
    )
