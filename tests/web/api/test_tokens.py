"""Tokens: made on a page, shown once, kept as a digest; what they open, and what they never do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.web import factories
from tests.web.api.asking import Program, kind_of
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.api import rate, services
from kafedra.web.api.models import ApiToken
from kafedra.web.api.scopes import Scope
from kafedra.web.outbox.models import Letter
from kafedra.web.people import services as people
from kafedra.web.people.members.services import leaving
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.runs.models import Run


def test_a_token_is_shown_once_and_works(student: User, signed_in: SignIn, client: Client) -> None:
    page = signed_in(student)
    made = page.post("/account/api/new/", {"label": "bot", "scopes": ["own:read"], "days": "30"})
    token = made.content.decode().partition('<code tabindex="0">')[2].partition("<")[0]
    assert token.startswith("kapi_")
    assert token not in page.get("/account/api/").content.decode()
    assert not ApiToken.objects.filter(digest__contains=token).exists()
    answer = client.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
    assert answer.json()["login"] == "anna"
    assert answer.json()["runs"] == [{"run": "2023", "title": answer.json()["runs"][0]["title"], "role": "student"}]
    assert token not in str(list(Entry.objects.values()))
    page.post(f"/account/api/{ApiToken.objects.get().pk}/revoke/")
    assert kind_of(client.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})) == "token"


def test_a_student_is_not_offered_what_is_for_teachers(student: User, instructor: User, signed_in: SignIn) -> None:
    assert "gradebook:read" not in text(signed_in(student).get("/account/api/"))
    assert "gradebook:read" in text(signed_in(instructor).get("/account/api/"))
    refused = signed_in(student).post("/account/api/new/", {"label": "x", "scopes": ["roster:read"], "days": "30"})
    assert refused.status_code == 422
    assert not ApiToken.objects.exists()


def test_a_cookie_opens_nothing(student: User, signed_in: SignIn) -> None:
    answer = signed_in(student).get("/api/v1/me")
    assert (answer.status_code, kind_of(answer)) == (401, "token")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_expired_token_and_one_of_git_open_nothing(student: User, client: Client) -> None:
    program = Program(student, days=7)
    assert program.get("/me").status_code == 200
    with clock.shifted(timedelta(days=7)):
        assert kind_of(program.get("/me")) == "token"
    _row, of_git = people.issue_token(user=student, label="git")
    assert kind_of(client.get("/api/v1/me", headers={"authorization": f"Bearer {of_git}"})) == "token"
    assert people.authenticate_token(student.username, program.token) is None


def test_an_account_that_is_closed_takes_its_tokens_along(student: User) -> None:
    program = Program(student)
    User.objects.filter(pk=student.pk).update(is_active=False)
    assert kind_of(program.get("/me")) == "token"


def test_a_scope_only_narrows(run: Run, student: User, assistant: User, instructor: User) -> None:
    everything, little = Program(student), Program(instructor, [Scope.OWN_READ])
    for path in (
        "/runs/2023/gradebook",
        "/runs/2023/roster",
        "/runs/2023/extensions",
        "/runs/2023/students/anna/standing",
    ):
        assert kind_of(everything.get(path)) == "role", path
        refused = little.get(path)
        assert (refused.status_code, kind_of(refused)) == (403, "scope"), path
        assert refused.json()["scope"] in refused.headers["WWW-Authenticate"]
    assert kind_of(Program(assistant).get("/runs/2023/roster")) == "role"
    assert Program(assistant).get("/runs/2023/gradebook").status_code == 200
    assert kind_of(little.get("/runs/2023/submissions")) == "scope"


def test_whoever_was_taken_out_of_a_run_is_told_so(run: Run, student: User, instructor: User) -> None:
    program = Program(student)
    leaving.remove(membership=student.memberships.get(), by=instructor, why="left")
    assert kind_of(program.get("/runs/2023/standing")) == "left"
    assert kind_of(program.get("/runs/1999/standing")) == "missing"


def test_who_asks_too_often_waits(student: User, other_student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(student)
    monkeypatch.setattr(rate.by_token, "rate", rate.Rate("token", 3, 3600))
    rate.by_token.forget()
    answers = [program.get("/me") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert kind_of(answers[3]) == "rate"
    assert int(answers[3].headers["Retry-After"]) >= 1000
    assert "r=0" in answers[2].headers["RateLimit"]
    assert Program(other_student).get("/me").status_code == 200


def test_guessing_is_slow(student: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate.wrong_tokens, "rate", rate.Rate("wrong", 2, 3600))
    rate.wrong_tokens.forget()
    guesses = [client.get("/api/v1/me", headers={"authorization": f"Bearer {n}"}).status_code for n in range(3)]
    assert guesses == [401, 401, 429]
    assert Program(student).get("/me").status_code == 200  # from the same address


def test_refusals_are_words_in_the_language_asked_for(client: Client) -> None:
    russian = client.get("/api/v1/me", headers={"accept-language": "ru"}).json()
    english = client.get("/api/v1/me").json()
    assert russian["type"] == english["type"]
    assert russian["title"] != english["title"]
    for method, path, kind in (("GET", "/api/v1/nonsense", "missing"), ("PUT", "/api/v1/me", "method")):
        assert kind_of(client.generic(method, path)) == kind


def test_the_page_about_the_api_names_everything(client: Client) -> None:
    page = text(client.get("/api/"))
    document = client.get("/api/v1/openapi.json").json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page
            assert all(scope in page for scope in operation["x-scopes"])
    used = {scope for some in document["paths"].values() for one in some.values() for scope in one["x-scopes"]}
    assert used == {scope.value for scope in Scope}
    assert "/api/v1/runs/{run}/extensions" in document["paths"]


def test_the_account_leads_to_tokens(student: User, signed_in: SignIn) -> None:
    assert 'href="/account/api/"' in signed_in(student).get("/account/").content.decode()


def test_a_person_without_a_run_has_tokens_too(db: None) -> None:
    assert Program(factories.person("nobody")).get("/me").json()["runs"] == []


def test_a_token_in_use_that_expires_soon_is_announced_once(student: User) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    program, unused = Program(student, days=7), Program(student, days=7)
    program.get("/me")
    assert services.warn() == 0
    with clock.shifted(timedelta(days=5)):
        assert services.warn() == 1
        assert services.warn() == 0
    assert [letter.user for letter in Letter.objects.all()] == [student]
    unused.row.refresh_from_db()
    assert unused.row.warned_at is None
