"""Who gets what of the addresses of regrading."""

from __future__ import annotations

from tests.web.cases import INSTRUCTORS, INSTRUCTORS_ACT, INSTRUCTORS_ERR, Arguments, Rule, World

from kafedra.web.regrading import services
from kafedra.web.submissions.models import Submission

RULES = {
    "regrading:regrades": (
        Rule("GET", INSTRUCTORS, ("run",)),
        Rule("POST", INSTRUCTORS_ERR, ("run",)),
    ),
    "regrading:regrade": (Rule("GET", INSTRUCTORS, ("run", "regrading")),),
    "regrading:apply": (Rule("POST", INSTRUCTORS_ERR, ("run", "regrading")),),
    "regrading:discard": (Rule("POST", INSTRUCTORS_ACT, ("run", "regrading")),),
    "regrading:undo": (Rule("POST", INSTRUCTORS_ACT, ("run", "regrading")),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    return {"regrading": services.begin(run=w.run, assignment="activations", by=w.instructor).pk}
