"""The write of the new app."""

from __future__ import annotations

from decimal import Decimal

from tests.web.cases import Act, World, writes
from tests.web.colloquium.app import services


@writes(services.hold)
def a_talk(w: World) -> Act:
    told = {"topic": "momentum", "mark": Decimal(8), "by": w.instructor}
    return lambda: services.hold(run=w.run, student=w.student, **told)
