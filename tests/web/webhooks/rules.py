"""Who gets what of the addresses of webhooks."""

from __future__ import annotations

from tests.web.cases import EVERYBODY_SIGNED_IN, Arguments, Rule, World

from kafedra.web.submissions.models import Submission
from kafedra.web.webhooks import services
from kafedra.web.webhooks.models import Event

OWNER = (302, 200, 404, 404, 404, 404)
OWNER_ACTS = (302, 302, 404, 404, 404, 404)
RULES = {
    "webhooks:webhooks": (Rule("GET", EVERYBODY_SIGNED_IN),),
    "webhooks:register": (Rule("POST", (302, 422, 422, 422, 422, 422)), Rule("GET", (302,) * 6)),
    "webhooks:webhook": (Rule("GET", OWNER, ("webhook",)),),
    "webhooks:test": (Rule("POST", OWNER_ACTS, ("webhook",)),),
    "webhooks:switch_on": (Rule("POST", OWNER_ACTS, ("webhook",)),),
    "webhooks:again": (Rule("POST", OWNER_ACTS, ("webhook", "delivery")),),
    "webhooks:change_secret": (Rule("GET", OWNER_ACTS, ("webhook",)), Rule("POST", OWNER, ("webhook",))),
    "webhooks:remove": (Rule("POST", OWNER_ACTS, ("webhook",)),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    told = {"address": "https://bot.example.org/", "events": [Event.VERDICT], "everybody": False}
    row = services.register(user=w.student, run=w.run, **told)
    services.send(webhooks=[row], event="ping", body="{}")
    return {"webhook": row.pk, "delivery": row.deliveries.get().pk}
