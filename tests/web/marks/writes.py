"""The writes of marks entered by hand."""

from __future__ import annotations

from decimal import Decimal

from tests.web.cases import Act, World, writes

from kafedra.web.marks import services


@writes(services.enter_marks)
def a_mark(w: World) -> Act:
    return lambda: services.enter_marks(run=w.run, name="exam", marks={w.student: Decimal(7)}, by=w.instructor)
