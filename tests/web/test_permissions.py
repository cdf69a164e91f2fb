"""Every address × every role. Generated from the URL configuration: a view that its room's `rules.py` lacks fails."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Self

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web import factories
from tests.web.cases import Arguments, Rule, World, of_rooms
from tests.web.reading import text

from kafedra.web.people.models import Role, User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

ROLES = ("anonymous", "student", "other_student", "assistant", "instructor", "outsider")
ROOMS = list(of_rooms("rules"))
RULES: dict[str, tuple[Rule, ...]] = {name: rules for room in ROOMS for name, rules in room.RULES.items()}


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


class Made(Arguments):
    """Each room makes what its addresses need when somebody asks for that: all of it costs more than the pages."""

    def __init__(self, known: Arguments, world: World, submission: Submission) -> None:
        super().__init__(known)
        self._world, self._submission = world, submission
        self._rooms = [room for room in ROOMS if hasattr(room, "arguments")]

    def first(self, room: str) -> Self:
        """The same, where this room is asked before the others."""
        self._rooms.sort(key=lambda one: one.__name__.split(".")[-2] != room)
        return self

    def __missing__(self, name: str) -> object:
        while self._rooms:
            self.update(self._rooms.pop(0).arguments(self._world, self._submission))
            if name in self:
                return self[name]
        raise KeyError(name)


@pytest.fixture
def arguments(run: Run, student: User, instructor: User, only_announced: str, settings) -> Made:  # type: ignore[no-untyped-def]
    settings.SIGN_IN_WITH = {"github": {"client_id": "…", "secret": "…", "url": "https://github.com"}}
    submission = factories.graded(factories.repository(student, run))
    factories.pushed(submission.repository, factories.NOW)
    found: Arguments = {
        "run": run.slug, "slug": "activations", "only_announced": only_announced, "submission": submission.pk
    }  # fmt: skip
    return Made(found, World(run, student, instructor), submission)


def test_every_address_has_its_rules() -> None:
    assert sorted(names()) == sorted(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_each_role_gets_what_it_may(name: str, clients: dict[str, Client], arguments: Made) -> None:
    arguments.first(name.partition(":")[0])
    for rule in RULES[name]:
        address = reverse(name, args=[arguments[argument] for argument in rule.arguments])
        address += rule.query.format_map(arguments)
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
    assert "There is no such page" in text(missing)
    assert _without_tokens(missing).replace("/1999/", "/2023/") == _without_tokens(foreign)


def _without_tokens(page: HttpResponse) -> str:
    """The whole page; what guards its forms is drawn anew for each answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
