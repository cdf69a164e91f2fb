"""Who gets what of the addresses of appeals."""

from __future__ import annotations

from tests.web.cases import DOOR, STAFF_ACTS, Arguments, Rule, World

from kafedra.web.appeals import services
from kafedra.web.submissions.models import Submission

RULES = {
    "appeals:ask": (Rule("POST", (DOOR, 302, 404, 403, 403, 404), ("run", "submission")),),
    "appeals:answer": (Rule("POST", STAFF_ACTS, ("run", "appeal")),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    return {"appeal": services.ask(submission=submission, test="a::b", message="why?").pk}
