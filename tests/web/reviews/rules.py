"""Who gets what of the addresses of reviews."""

from __future__ import annotations

from decimal import Decimal

from tests.web.cases import DOOR, INSTRUCTORS_ACT, OWNER_AND_STAFF, STAFF, STAFF_ACTS, Arguments, Rule, World

from kafedra.web.reviews.services import bank
from kafedra.web.submissions.models import Submission

RULES = {
    "reviews:queue": (Rule("GET", STAFF, ("run",)),),
    "reviews:next": (Rule("POST", STAFF_ACTS, ("run",)),),
    "reviews:share": (Rule("POST", INSTRUCTORS_ACT, ("run",)),),
    "reviews:names": (Rule("POST", STAFF_ACTS, ("run",)),),
    "reviews:bank": (
        Rule("GET", STAFF, ("run", "slug")),
        Rule("POST", (DOOR, 403, 403, 422, 422, 404), ("run", "slug")),
    ),
    "reviews:bank_entry": (Rule("POST", STAFF_ACTS, ("run", "bank_entry")),),
    "reviews:desk": (Rule("GET", STAFF, ("run", "submission")),),
    "reviews:claim": (Rule("POST", STAFF_ACTS, ("run", "submission")),),
    "reviews:publish": (Rule("POST", STAFF_ACTS, ("run", "submission")),),
    "reviews:comment": (Rule("POST", (DOOR, 403, 403, 422, 422, 404), ("run", "submission", "uid")),),
    "reviews:remove": (Rule("POST", (DOOR, 403, 403, 404, 404, 404), ("run", "submission", "uid")),),
    "reviews:carry": (Rule("POST", STAFF_ACTS, ("run", "submission")),),
    "reviews:repeat": (Rule("POST", STAFF_ACTS, ("run", "submission", "uid")),),
    "reviews:notebook": (Rule("GET", OWNER_AND_STAFF, ("run", "submission")),),
    "reviews:message": (Rule("POST", (DOOR, 302, 404, 302, 302, 404), ("run", "submission")),),
    "reviews:picture": (Rule("GET", (DOOR, 404, 404, 404, 404, 404), ("run", "submission", "no-such.png")),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    entry = bank.add(assignment="activations", text="…", taken_off=Decimal(0), by=w.student)
    return {"no-such.png": "no-such.png", "uid": "00000000-0000-4000-8000-000000000000", "bank_entry": entry.pk}
