"""The write of an opened solution."""

from __future__ import annotations

from tests.web.cases import Act, World, writes

from kafedra.web.solutions import services


@writes(services.open_solution)
def opening(w: World) -> Act:
    return lambda: services.open_solution(student=w.student, run=w.run, assignment="activations")
