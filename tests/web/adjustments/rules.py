"""Who gets what of the addresses of adjustments."""

from __future__ import annotations

from decimal import Decimal

from tests.web.cases import INSTRUCTORS, INSTRUCTORS_ACT, INSTRUCTORS_ERR, Arguments, Rule, World

from kafedra.web.adjustments import services
from kafedra.web.adjustments.models import Extension
from kafedra.web.submissions.models import Submission

RULES = {
    "adjustments:adjustments": (Rule("GET", INSTRUCTORS, ("run",)),),
    "adjustments:extend": (Rule("POST", INSTRUCTORS_ERR, ("run",)),),
    "adjustments:set_points": (Rule("POST", INSTRUCTORS_ERR, ("run",)),),
    "adjustments:undo_extension": (Rule("POST", INSTRUCTORS_ACT, ("run", "extension")),),
    "adjustments:undo_points": (Rule("POST", INSTRUCTORS_ACT, ("run", "override")),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    grant = services.Grant(("activations",), None, 1, "flu")
    batch = services.extend(run=w.run, students=[w.student], grant=grant, by=w.instructor)
    told = {"assignment": "activations", "points": Decimal(1), "reason": "viva", "by": w.instructor}
    override = services.set_points(run=w.run, student=w.student, **told)
    return {"extension": Extension.objects.get(batch=batch).pk, "override": override.pk}
