"""The writes of regrades."""

from __future__ import annotations

from tests.web import factories
from tests.web.cases import Act, World, exempt, writes

from kafedra.web.regrading import services
from kafedra.web.regrading.models import Regrade


def _begun(w: World) -> Regrade:
    factories.graded(factories.repository(w.student, w.run), "0.5")
    return services.begin(run=w.run, assignment="activations", by=w.instructor)


def _tried(w: World) -> Regrade:
    row = _begun(w)
    services.keep_trial(trial=row.trials.get(), first=factories.verdict("1"), second=None)
    return row


@writes(services.begin)
def beginning(w: World) -> Act:
    return lambda: _begun(w)


@writes(services.discard)
def discarding(w: World) -> Act:
    row = _begun(w)
    return lambda: services.discard(regrade=row, by=w.instructor)


@writes(services.apply)
def applying(w: World) -> Act:
    row = _tried(w)
    return lambda: services.apply(regrade=row, by=w.instructor, reason="corrected")


@writes(services.undo)
def undoing(w: World) -> Act:
    row = _tried(w)
    services.apply(regrade=row, by=w.instructor, reason="corrected")
    return lambda: services.undo(regrade=row, by=w.instructor)


why = "it counts for nothing until it is applied, and that has its line"
exempt(why, services.keep_trial, services.keep_fault)
