"""Who gets what of the addresses of blitzes."""

from __future__ import annotations

from tests.web.blitz.played import TOPIC, a_blitz, seated
from tests.web.cases import DOOR, MEMBERS, STAFF, STAFF_ACTS, Arguments, Rule, World

from kafedra.web.blitz.services import practising
from kafedra.web.runs import course
from kafedra.web.submissions.models import Submission

EVERYBODY = (200, 200, 200, 200, 200, 200)
NO_SEAT = (410, 200, 410, 410, 410, 410)  # the student sits in it
ALL_BACK = (302, 302, 302, 302, 302, 302)
MEMBERS_ACT = (DOOR, 302, 302, 302, 302, 404)
OWN = (DOOR, 200, 404, 404, 404, 404)

RULES = {
    "blitz:by_code": (Rule("GET", EVERYBODY), Rule("GET", ALL_BACK, (), "?code={code}")),
    "blitz:phone": (Rule("GET", EVERYBODY, ("code",)),),
    "blitz:join": (Rule("POST", (422, 302, 302, 302, 302, 302), ("code",)),),
    "blitz:screen": (Rule("GET", NO_SEAT, ("code",)),),
    "blitz:answer": (Rule("POST", ALL_BACK, ("code",)),),
    "blitz:picture": (Rule("GET", (404, 404, 404, 404, 404, 404), ("code", "picture", "theme")),),
    "blitz:blitzes": (Rule("GET", MEMBERS, ("run",)),),
    "blitz:start": (Rule("POST", STAFF_ACTS, ("run",)),),
    "blitz:topic": (Rule("POST", MEMBERS_ACT, ("run", "blitz_topic")),),
    "blitz:topic_picture": (Rule("GET", (DOOR, 404, 404, 404, 404, 404), ("run", "blitz_topic", "picture", "theme")),),
    "blitz:attempt": (Rule("GET", OWN, ("run", "attempt")),),
    "blitz:practise": (Rule("POST", (DOOR, 302, 404, 404, 404, 404), ("run", "attempt")),),
    "blitz:stage": (Rule("GET", STAFF, ("run", "blitz")),),
    "blitz:stage_screen": (Rule("GET", STAFF, ("run", "blitz")),),
    "blitz:step": (Rule("POST", STAFF_ACTS, ("run", "blitz")),),
    "blitz:hide": (Rule("POST", STAFF_ACTS, ("run", "blitz", "seat")),),
    "blitz:results": (Rule("GET", STAFF, ("run", "blitz")),),
}


def arguments(w: World, _submission: Submission) -> Arguments:
    blitz = a_blitz(w.run, w.instructor)
    attempt = practising.begin(run=w.run, topic=course.current().materials[TOPIC], student=w.student)
    return {
        "blitz": blitz.pk, "code": blitz.code, "seat": seated(blitz, w.student).pk, "attempt": attempt.pk,
        "blitz_topic": TOPIC, "picture": "nothing", "theme": "light",
    }  # fmt: skip
