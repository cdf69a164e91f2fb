"""Who gets what of the addresses of integrity cases: to students whom a case does not concern it isn't there."""

from __future__ import annotations

from tests.web import factories
from tests.web.cases import DOOR, Arguments, Rule, World
from tests.web.integrity import opened

from kafedra.policy import Ruling
from kafedra.web.integrity import services
from kafedra.web.submissions.models import Submission

STAFF_ALONE = (DOOR, 404, 404, 200, 200, 404)
INSTRUCTORS_ALONE = (DOOR, 404, 404, 403, 422, 404)

RULES = {
    "integrity:cases": (Rule("GET", STAFF_ALONE, ("run",)),),
    "integrity:open": (
        Rule("GET", STAFF_ALONE, ("run", "submission")),
        Rule("POST", (DOOR, 404, 404, 422, 422, 404), ("run", "submission")),
    ),
    "integrity:case": (
        Rule("GET", (DOOR, 200, 404, 200, 200, 404), ("run", "case")),
        Rule("GET", STAFF_ALONE, ("run", "case_untold")),
    ),
    "integrity:mark": (Rule("POST", (DOOR, 404, 404, 422, 422, 404), ("run", "case_untold")),),
    "integrity:unmark": (Rule("POST", (DOOR, 404, 404, 302, 404, 404), ("run", "fragment")),),
    "integrity:ask": (Rule("POST", (DOOR, 404, 404, 403, 302, 404), ("run", "side_untold")),),
    "integrity:answer": (Rule("POST", (DOOR, 422, 404, 404, 404, 404), ("run", "side")),),
    "integrity:decide": (Rule("POST", INSTRUCTORS_ALONE, ("run", "side")),),
    "integrity:reverse": (Rule("POST", INSTRUCTORS_ALONE, ("run", "decision")),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    untold = services.open_case(first=submission, words=opened.WORDS, by=w.instructor)
    side = untold.both[0]
    side.lines = ["x = 1"]
    side.save()
    fragment = services.mark(case=untold, marked=services.Marked((1, 1)), by=w.instructor)
    case = opened.alone(w.run, w.student, w.instructor, "weight-init")
    opened.answered(case.both[0], w.instructor)
    third = factories.person("clara", run=w.run)
    decision = opened.decided(opened.alone(w.run, third, w.instructor).both[0], Ruling.ASSIGNMENT, w.instructor)
    assert fragment is not None
    return {
        "case": case.pk, "side": case.both[0].pk, "case_untold": untold.pk, "side_untold": side.pk,
        "fragment": fragment.pk, "decision": decision.pk,
    }  # fmt: skip
