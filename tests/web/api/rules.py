"""Who gets what of the addresses of the API: its pages like any other, the API itself nothing by a cookie."""

from __future__ import annotations

from datetime import timedelta

from tests.web.cases import EVERYBODY_SIGNED_IN, Arguments, Rule, World

from kafedra.web.adjustments.models import Extension
from kafedra.web.api import services
from kafedra.web.api.scopes import Scope
from kafedra.web.submissions.models import Submission

UNKNOWN = (401,) * 6  # signed in or not
ANYBODY = (200,) * 6
RULES = {
    "api:tokens": (Rule("GET", EVERYBODY_SIGNED_IN),),
    "api:create": (Rule("POST", (302, 422, 422, 422, 422, 422)), Rule("GET", (302,) * 6)),
    "api:revoke": (Rule("POST", (302, 302, 404, 404, 404, 404), ("api_token",)),),
    "api:reference": (Rule("GET", ANYBODY),),
    "api:nothing_here": (Rule("GET", (404,) * 6),),
    "api:v1:api-root": (Rule("GET", (404,) * 6),),
    "api:v1:openapi-json": (Rule("GET", ANYBODY),),
    "api:v1:me": (Rule("GET", UNKNOWN),),
    "api:v1:standing": (Rule("GET", UNKNOWN, ("run",)),),
    "api:v1:deadlines": (Rule("GET", UNKNOWN, ("run",)),),
    "api:v1:submissions": (Rule("GET", UNKNOWN, ("run",)),),
    "api:v1:submission": (Rule("GET", UNKNOWN, ("submission",)),),
    "api:v1:report": (Rule("GET", UNKNOWN, ("submission",)),),
    "api:v1:gradebook": (Rule("GET", UNKNOWN, ("run",)),),
    "api:v1:student_standing": (Rule("GET", UNKNOWN, ("run", "api_login")),),
    "api:v1:roster": (Rule("GET", UNKNOWN, ("run",)),),
    "api:v1:extensions": (Rule("GET", UNKNOWN, ("run",)),),
    "api:v1:extend": (Rule("POST", UNKNOWN, ("run",)),),
    "api:v1:extension": (Rule("GET", UNKNOWN, ("run", "api_extension")),),
    "api:v1:undo": (Rule("DELETE", UNKNOWN, ("run", "api_extension")),),
    "api:v1:marks": (Rule("GET", UNKNOWN, ("run", "slug")),),
    "api:v1:enter": (Rule("PATCH", UNKNOWN, ("run", "slug")),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    row, _token = services.issue(user=w.student, label="bot", scopes=[Scope.OWN_READ], days=7)
    extension = Extension.objects.create(
        run=w.run, student=w.student, assignment="activations", days=1, reason="flu", given_by=w.instructor,
        batch="11111111-1111-4111-8111-111111111111", given_at=row.created_at - timedelta(days=1),
    )  # fmt: skip
    return {"api_token": row.pk, "api_login": w.student.username, "api_extension": extension.pk}
