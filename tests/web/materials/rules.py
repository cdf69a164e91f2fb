"""Who gets what of the addresses of the site: the run of the tests is not open to everybody."""

from __future__ import annotations

from tests.web.cases import DOOR, MEMBERS, STAFF_ACTS, Arguments, Rule, World

from kafedra.web.submissions.models import Submission

UNKNOWN = (DOOR, 404, 404, 404, 404, 404)


def arguments(_world: World, _submission: Submission) -> Arguments:
    return {"topic": "backprop", "figure": "none", "theme": "light", "variant": "student", "digest": "0" * 32}


RULES = {
    "materials:plan": (Rule("GET", MEMBERS, ("run",)),),
    "materials:topic": (Rule("GET", MEMBERS, ("run", "topic")),),
    "materials:lecture": (Rule("GET", MEMBERS, ("run", "topic")),),
    "materials:seminar": (Rule("GET", MEMBERS, ("run", "topic")),),
    "materials:solved": (Rule("GET", MEMBERS, ("run", "topic")),),
    "materials:harder": (Rule("GET", MEMBERS, ("run", "topic")),),
    "materials:practice": (Rule("GET", (DOOR, 302, 302, 302, 302, 404), ("run", "topic")),),  # members have their own
    "materials:practice_picture": (Rule("GET", UNKNOWN, ("run", "topic", "figure", "theme")),),
    "materials:reading": (Rule("GET", MEMBERS, ("run",)),),
    "materials:homework": (Rule("GET", MEMBERS, ("run",)),),
    "materials:statement": (Rule("GET", (DOOR, 302, 302, 302, 302, 404), ("run", "slug")),),
    "materials:runs": (Rule("GET", MEMBERS, ("run",)),),
    "materials:search": (Rule("GET", MEMBERS, ("run",), "?q=граф"),),
    "materials:eyes": (Rule("POST", STAFF_ACTS, ("run",)),),
    "materials:picture": (Rule("GET", UNKNOWN, ("run", "topic", "figure", "theme")),),
    "materials:output": (Rule("GET", UNKNOWN, ("run", "topic", "variant", "digest")),),
    "materials:notebook": (Rule("GET", MEMBERS, ("run", "topic", "variant")),),
}
