"""Who gets what of the addresses of people."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from tests.web.cases import (
    DOOR,
    EVERYBODY_SIGNED_IN,
    INSTRUCTORS,
    INSTRUCTORS_ACT,
    INSTRUCTORS_ERR,
    Arguments,
    Rule,
    World,
)

from kafedra.web.people import services
from kafedra.web.people.joining import services as joining
from kafedra.web.people.models import Role
from kafedra.web.submissions.models import Submission

RULES = {
    "people:sign_in": (Rule("GET", (200, 302, 302, 302, 302, 302)),),
    "people:sign_in_with": (
        Rule("POST", (200, 302, 302, 302, 302, 302), ("provider",)),
        Rule("POST", (404, 302, 302, 302, 302, 302), ("slug",)),
    ),
    "people:back_from_provider": (Rule("GET", (400,) * 6, ("provider",)), Rule("GET", (404,) * 6, ("slug",))),
    "people:connect_provider": (
        Rule("POST", (DOOR, 200, 200, 200, 200, 200), ("provider",)),
        Rule("POST", (DOOR, 404, 404, 404, 404, 404), ("slug",)),
    ),
    "people:disconnect_provider": (Rule("POST", (DOOR, 302, 404, 404, 404, 404), ("connection",)),),
    "people:sign_out": (Rule("POST", (302,) * 6),),
    "people:invitation": (Rule("GET", (200, 302, 302, 200, 200, 200), ("invitation",)),),
    "people:account": (Rule("GET", EVERYBODY_SIGNED_IN),),
    "people:create_token": (Rule("POST", (DOOR, 422, 422, 422, 422, 422)),),
    "people:revoke_token": (Rule("POST", (DOOR, 302, 404, 404, 404, 404), ("token",)),),
    "people:change_password": (Rule("POST", (DOOR, 422, 422, 422, 422, 422)),),
    "people:end_sessions": (Rule("POST", (302,) * 6),),
    "people:people": (
        Rule("GET", INSTRUCTORS, ("run",)),
        Rule("POST", INSTRUCTORS_ERR, ("run",)),
    ),
    "people:revoke_invitation": (Rule("POST", INSTRUCTORS_ACT, ("run", "invitation_id")),),
    "people:ask_for_link": (Rule("GET", (200,) * 6),),
    "people:open_link": (Rule("GET", (410,) * 6, ("forged",)),),
    "people:change_email": (Rule("POST", (302,) * 6),),
    "people:confirm_email": (Rule("GET", (DOOR, 410, 410, 410, 410, 410), ("forged",)),),
    "people:join": (Rule("GET", (200,) * 6, ("run",)), Rule("POST", (422,) * 6, ("run",))),
    "people:approve_request": (Rule("POST", INSTRUCTORS_ACT, ("run", "request")),),
    "people:decline_request": (Rule("POST", INSTRUCTORS_ACT, ("run", "request")),),
    "people:add_domain": (Rule("POST", INSTRUCTORS_ACT, ("run",)),),
    "people:remove_domain": (Rule("POST", INSTRUCTORS_ACT, ("run", "domain")),),
    "people:import_roster": (
        Rule("GET", INSTRUCTORS, ("run",)),
        Rule("POST", INSTRUCTORS_ERR, ("run",)),
    ),
    "people:apply_roster": (Rule("POST", INSTRUCTORS_ERR, ("run",)),),
    "people:export_roster_csv": (Rule("GET", INSTRUCTORS, ("run",)),),
    "people:export_roster_xlsx": (Rule("GET", INSTRUCTORS, ("run",)),),
    "people:member": (
        Rule("GET", INSTRUCTORS, ("run", "member")),
        Rule("POST", INSTRUCTORS_ERR, ("run", "member")),
    ),
    "people:remove_member": (Rule("POST", INSTRUCTORS_ERR, ("run", "member")),),
    "people:approve_requests": (Rule("POST", INSTRUCTORS_ACT, ("run",)),),
    "people:invite_again": (Rule("POST", INSTRUCTORS_ACT, ("run", "request")),),
    "people:roster_errors": (Rule("POST", INSTRUCTORS_ERR, ("run",)),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    invitation = services.invite(run=w.run, role=Role.STUDENT, created_by=None)
    newcomer = {"name": "New", "group": "", "email": "new@example.com", "github": "", "language": "ru"}
    asked = joining.request_invitation(run=w.run, **newcomer)
    assert asked is not None
    return {
        "provider": "github",
        "connection": SocialAccount.objects.create(user=w.student, provider="github", uid="1").pk,
        "invitation": invitation.token,
        "invitation_id": invitation.pk,
        "forged": "forged:token",
        "request": asked.pk,
        "domain": joining.add_domain(run=w.run, domain="example.org", by=w.instructor).rule.pk,
        "member": w.student.memberships.get().pk,
        "token": services.issue_token(user=w.student, label="git")[0].pk,
    }
