"""The writes of the record book."""

from __future__ import annotations

from decimal import Decimal

from tests.web.cases import Act, World, writes

from kafedra.web.marks.services import enter_marks
from kafedra.web.recordbook import selectors, services


def _freeze(w: World) -> int:
    rows = [row for sheet in selectors.sheets(w.run) for row in sheet.open]
    return services.freeze(run=w.run, group=None, shown=selectors.seen(rows), by=w.instructor)


@writes(services.freeze)
def freezing(w: World) -> Act:
    return lambda: _freeze(w)


@writes(services.decide)
def a_decision(w: World) -> Act:
    _freeze(w)
    enter_marks(run=w.run, name="exam", marks={w.student: Decimal(7)}, by=w.instructor)
    rows = [row for sheet in selectors.sheets(w.run) for row in sheet.differing]
    told = {"follow": True, "reason": "an appeal", "shown": selectors.seen(rows)}
    return lambda: services.decide(run=w.run, students=[w.student], by=w.instructor, **told)
