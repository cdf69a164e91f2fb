"""Who gets what of the addresses of notices."""

from __future__ import annotations

from tests.web.cases import EVERYBODY_SIGNED_IN, INSTRUCTORS, INSTRUCTORS_ACT, Arguments, Rule, World

from kafedra.web.outbox.services import put
from kafedra.web.submissions.models import Submission

RULES = {
    "notices:news": (Rule("GET", EVERYBODY_SIGNED_IN), Rule("POST", (302,) * 6)),
    "notices:wishes": (Rule("GET", EVERYBODY_SIGNED_IN), Rule("POST", (302,) * 6)),
    "notices:letters": (Rule("GET", INSTRUCTORS, ("run",)),),
    "notices:send_again": (Rule("POST", INSTRUCTORS_ACT, ("run", "letter")),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    return {"letter": put(address="a@example.org", subject="…", text="…", run=w.run).pk}
