"""Every address × every role. Generated from the URL configuration: a new view that is not listed here fails."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web import factories

from kafedra.web.classroom.models import Run
from kafedra.web.people import services
from kafedra.web.people.models import Role, User

ROLES = ("anonymous", "student", "other_student", "assistant", "instructor", "outsider")
DOOR = 302  # to the sign-in page


@dataclass(frozen=True)
class Rule:
    """What each role gets, in the order of ROLES."""

    method: str
    expected: tuple[int, int, int, int, int, int]
    arguments: tuple[str, ...] = ()


MEMBERS = (DOOR, 200, 200, 200, 200, 404)
STAFF = (DOOR, 403, 403, 200, 200, 404)
OWNER_AND_STAFF = (DOOR, 200, 404, 200, 200, 404)
EVERYBODY_SIGNED_IN = (DOOR, 200, 200, 200, 200, 200)

RULES: dict[str, tuple[Rule, ...]] = {
    "frame:language": (Rule("POST", (302,) * 6), Rule("GET", (405,) * 6)),
    "frame:theme": (Rule("POST", (302,) * 6), Rule("GET", (405,) * 6)),
    "serving:wheel": (Rule("GET", (404,) * 6, ("no-such.whl",)),),
    "people:sign_in": (Rule("GET", (200, 302, 302, 302, 302, 302)),),
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
        Rule("POST", (DOOR, 409, 409, 409, 409, 404), ("run", "closed")),
    ),
    "classroom:submission": (Rule("GET", OWNER_AND_STAFF, ("run", "submission")),),
    "gradebook:grades": (Rule("GET", MEMBERS, ("run",)),),
    "gradebook:gradebook": (Rule("GET", STAFF, ("run",)),),
    "gradebook:export": (Rule("GET", STAFF, ("run",)),),
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
def arguments(run: Run, student: User) -> dict[str, str | int]:
    invitation = services.invite(run=run, role=Role.STUDENT, created_by=None)
    return {
        "no-such.whl": "no-such.whl",
        "run": run.slug,
        "slug": "activations",
        "closed": "cv",
        "submission": factories.graded(factories.repository(student, run)).pk,
        "invitation": invitation.token,
        "invitation_id": invitation.pk,
        "token": services.issue_token(user=student, label="git")[0].pk,
    }


def test_every_address_has_its_rules() -> None:
    assert sorted(names()) == sorted(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_each_role_gets_what_it_may(name: str, clients: dict[str, Client], arguments: dict[str, str | int]) -> None:
    for rule in RULES[name]:
        address = reverse(name, args=[arguments[argument] for argument in rule.arguments])
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
