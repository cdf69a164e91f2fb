"""Every address × every role. Generated from the URL configuration: a new view that is not listed here fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web import factories

from kafedra.web.adjustments import services as adjustments
from kafedra.web.adjustments.models import Extension
from kafedra.web.appeals import services as appeals
from kafedra.web.outbox import services as outbox
from kafedra.web.people import services
from kafedra.web.people.joining import services as joining
from kafedra.web.people.models import Role, User
from kafedra.web.regrading import services as regrading
from kafedra.web.reviews.services import bank
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

ROLES = ("anonymous", "student", "other_student", "assistant", "instructor", "outsider")
DOOR = 302  # to the sign-in page


@dataclass(frozen=True)
class Rule:
    """What each role gets, in the order of ROLES."""

    method: str
    expected: tuple[int, int, int, int, int, int]
    arguments: tuple[str, ...] = ()
    query: str = ""


MEMBERS = (DOOR, 200, 200, 200, 200, 404)
STAFF = (DOOR, 403, 403, 200, 200, 404)
STAFF_ACTS = (DOOR, 403, 403, 302, 302, 404)
OWNER_AND_STAFF = (DOOR, 200, 404, 200, 200, 404)
INSTRUCTORS = (DOOR, 403, 403, 403, 200, 404)
EVERYBODY_SIGNED_IN = (DOOR, 200, 200, 200, 200, 200)

RULES: dict[str, tuple[Rule, ...]] = {
    "pages:language": (Rule("POST", (302,) * 6), Rule("GET", (405,) * 6)),
    "pages:theme": (Rule("POST", (302,) * 6), Rule("GET", (405,) * 6)),
    "downloads:wheel": (Rule("GET", (404,) * 6, ("no-such.whl",)),),
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
        Rule("GET", (DOOR, 403, 403, 403, 200, 404), ("run",)),
        Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run",)),
    ),
    "people:revoke_invitation": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "invitation_id")),),
    "classroom:root": (Rule("GET", (302, 302, 302, 302, 302, 200)),),
    "classroom:home": (Rule("GET", MEMBERS, ("run",)),),
    "classroom:assignment": (
        Rule("GET", MEMBERS, ("run", "slug")),
        Rule("POST", (DOOR, 409, 409, 409, 409, 404), ("run", "only_announced")),
    ),
    # before its date; see test_solutions.py for afterwards
    "solutions:solution": (
        Rule("GET", (DOOR, 404, 404, 200, 200, 404), ("run", "slug")),
        Rule("POST", (DOOR, 404, 404, 302, 302, 404), ("run", "slug")),
    ),
    "solutions:notebook": (Rule("GET", (DOOR, 404, 404, 200, 200, 404), ("run", "slug")),),
    "classroom:submission": (Rule("GET", OWNER_AND_STAFF, ("run", "submission")),),
    "people:ask_for_link": (Rule("GET", (200,) * 6),),
    "people:open_link": (Rule("GET", (410,) * 6, ("forged",)),),
    "people:change_email": (Rule("POST", (302,) * 6),),
    "people:confirm_email": (Rule("GET", (DOOR, 410, 410, 410, 410, 410), ("forged",)),),
    "people:join": (Rule("GET", (200,) * 6, ("run",)), Rule("POST", (422,) * 6, ("run",))),
    "people:approve_request": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "request")),),
    "people:decline_request": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "request")),),
    "people:add_domain": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run",)),),
    "people:remove_domain": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "domain")),),
    "people:import_roster": (
        Rule("GET", INSTRUCTORS, ("run",)),
        Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run",)),
    ),
    "people:apply_roster": (Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run",)),),
    "people:export_roster_csv": (Rule("GET", INSTRUCTORS, ("run",)),),
    "people:export_roster_xlsx": (Rule("GET", INSTRUCTORS, ("run",)),),
    "people:member": (
        Rule("GET", INSTRUCTORS, ("run", "member")),
        Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run", "member")),
    ),
    "people:remove_member": (Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run", "member")),),
    "people:approve_requests": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run",)),),
    "people:invite_again": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "request")),),
    "people:roster_errors": (Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run",)),),
    "notices:news": (Rule("GET", EVERYBODY_SIGNED_IN), Rule("POST", (302,) * 6)),
    "notices:wishes": (Rule("GET", EVERYBODY_SIGNED_IN), Rule("POST", (302,) * 6)),
    "notices:letters": (Rule("GET", INSTRUCTORS, ("run",)),),
    "notices:send_again": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "letter")),),
    "classroom:compare": (
        Rule("GET", (DOOR, 200, 404, 404, 404, 404), ("run", "slug")),
        Rule("GET", OWNER_AND_STAFF, ("run", "slug"), "?new={submission}"),
    ),
    "appeals:ask": (Rule("POST", (DOOR, 302, 404, 403, 403, 404), ("run", "submission")),),
    "appeals:requests": (Rule("GET", STAFF, ("run",)),),
    "appeals:answer": (Rule("POST", (DOOR, 403, 403, 302, 302, 404), ("run", "appeal")),),
    "grading:grading": (Rule("GET", STAFF, ("run",)),),
    "grading:again": (Rule("POST", (DOOR, 403, 403, 302, 302, 404), ("run", "submission")),),
    "regrading:regrades": (
        Rule("GET", INSTRUCTORS, ("run",)),
        Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run",)),
    ),
    "regrading:regrade": (Rule("GET", INSTRUCTORS, ("run", "regrading")),),
    "regrading:apply": (Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run", "regrading")),),
    "regrading:discard": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "regrading")),),
    "regrading:undo": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "regrading")),),
    "adjustments:adjustments": (Rule("GET", INSTRUCTORS, ("run",)),),
    "adjustments:extend": (Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run",)),),
    "adjustments:set_points": (Rule("POST", (DOOR, 403, 403, 403, 422, 404), ("run",)),),
    "adjustments:undo_extension": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "extension")),),
    "adjustments:undo_points": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run", "override")),),
    "terms:changed": (
        Rule("GET", INSTRUCTORS, ("run",)),
        Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run",)),
    ),
    "record:mine": (Rule("GET", EVERYBODY_SIGNED_IN),),
    "record:run": (Rule("GET", INSTRUCTORS, ("run",)),),
    "gradebook:grades": (Rule("GET", MEMBERS, ("run",)),),
    "gradebook:gradebook": (Rule("GET", STAFF, ("run",)),),
    "gradebook:overview": (Rule("GET", STAFF, ("run",)),),
    "gradebook:export_csv": (Rule("GET", STAFF, ("run",)),),
    "gradebook:export_xlsx": (Rule("GET", STAFF, ("run",)),),
    "reviews:queue": (Rule("GET", STAFF, ("run",)),),
    "reviews:next": (Rule("POST", STAFF_ACTS, ("run",)),),
    "reviews:share": (Rule("POST", (DOOR, 403, 403, 403, 302, 404), ("run",)),),
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


def names() -> list[str]:
    """Every named address of the server."""

    def below(patterns: list[URLPattern | URLResolver], prefix: str) -> list[str]:
        found = []
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                space = f"{pattern.namespace}:" if pattern.namespace else ""
                found += below(pattern.url_patterns, prefix + space)
            else:
                assert pattern.name, f"{pattern} has no name: the tests can't find it"
                found.append(prefix + pattern.name)
        return found

    return below(get_resolver().url_patterns, "")


@pytest.fixture
def clients(run: Run, student: User, other_student: User, assistant: User, instructor: User) -> dict[str, Client]:
    other_run = Run.objects.create(slug="2022")
    outsider = factories.person("outsider", run=other_run, role=Role.INSTRUCTOR)
    people = dict(zip(ROLES[1:], (student, other_student, assistant, instructor, outsider), strict=True))
    clients = {"anonymous": Client(headers={"accept-language": "en"})}
    for role, user in people.items():
        clients[role] = Client(headers={"accept-language": "en"})
        clients[role].force_login(user)
    return clients


@pytest.fixture
def only_announced(monkeypatch: pytest.MonkeyPatch) -> str:
    """An assignment of the run that nobody has written yet."""
    known = course.current()
    written = {slug: assignment for slug, assignment in known.assignments.items() if slug != "cv"}
    monkeypatch.setattr(course, "current", lambda: replace(known, assignments=written))
    return "cv"


@pytest.fixture
def arguments(run: Run, student: User, instructor: User, only_announced: str, settings) -> dict[str, str | int]:  # type: ignore[no-untyped-def]
    settings.SIGN_IN_WITH = {"github": {"client_id": "…", "secret": "…", "url": "https://github.com"}}
    staff = User.objects.get(username="osip")
    newcomer = {"name": "New", "group": "", "email": "new@example.com", "github": "", "language": "ru"}
    asked = joining.request_invitation(run=run, **newcomer)
    assert asked is not None
    extended = {"grant": adjustments.Grant(("activations",), None, 1, "flu"), "by": staff}
    set_by_hand = {"assignment": "activations", "points": Decimal(1), "reason": "viva", "by": staff}
    batch = adjustments.extend(run=run, students=[student], **extended)
    submission = factories.graded(factories.repository(student, run))
    factories.pushed(submission.repository, factories.NOW)
    invitation = services.invite(run=run, role=Role.STUDENT, created_by=None)
    return {
        "no-such.whl": "no-such.whl",
        "no-such.png": "no-such.png",
        "uid": "00000000-0000-4000-8000-000000000000",
        "bank_entry": bank.add(assignment="activations", text="…", taken_off=Decimal(0), by=student).pk,
        "run": run.slug,
        "slug": "activations",
        "only_announced": only_announced,
        "submission": submission.pk,
        "regrading": regrading.begin(run=run, assignment="activations", by=staff).pk,
        "appeal": appeals.ask(submission=submission, test="a::b", message="why?").pk,
        "provider": "github",
        "connection": SocialAccount.objects.create(user=student, provider="github", uid="1").pk,
        "letter": outbox.put(address="a@example.org", subject="…", text="…", run=run).pk,
        "invitation": invitation.token,
        "invitation_id": invitation.pk,
        "forged": "forged:token",
        "request": asked.pk,
        "domain": joining.add_domain(run=run, domain="example.org", by=staff).rule.pk,
        "member": student.memberships.get().pk,
        "extension": Extension.objects.get(batch=batch).pk,
        "override": adjustments.set_points(run=run, student=student, **set_by_hand).pk,
        "token": services.issue_token(user=student, label="git")[0].pk,
    }


def test_every_address_has_its_rules() -> None:
    assert sorted(names()) == sorted(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_each_role_gets_what_it_may(name: str, clients: dict[str, Client], arguments: dict[str, str | int]) -> None:
    for rule in RULES[name]:
        address = reverse(name, args=[arguments[argument] for argument in rule.arguments])
        address += rule.query.format(**arguments)
        got = tuple(clients[role].generic(rule.method, address).status_code for role in ROLES)
        assert dict(zip(ROLES, got, strict=True)) == dict(zip(ROLES, rule.expected, strict=True)), rule.method


def test_the_operator_of_the_server_is_an_instructor_everywhere(run: Run, client: Client) -> None:
    root = factories.person("root")
    User.objects.filter(pk=root.pk).update(is_staff=True)
    client.force_login(root)
    assert client.get("/")["Location"] == "/2023/gradebook/"
    assert client.get("/2023/people/").status_code == 200


def test_a_run_that_does_not_exist_looks_like_one_that_is_not_yours(clients: dict[str, Client]) -> None:
    missing, foreign = clients["outsider"].get("/1999/"), clients["outsider"].get("/2023/")
    assert (missing.status_code, foreign.status_code) == (404, 404)
    assert (
        missing.content.decode().replace("/1999/", "/2023/").split("csrf")[0]
        == foreign.content.decode().split("csrf")[0]
    )
