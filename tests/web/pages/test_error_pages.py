"""What people see when something goes wrong: whose fault it is, and what to do."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.gradebook import prospects
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run


@pytest.mark.parametrize(("language", "words"), [("en", "There is no such page"), ("ru", "Такой страницы нет")])
def test_not_found(run: Run, language: str, words: str) -> None:
    response = Client(headers={"accept-language": language}).get("/no/such/page/")
    assert response.status_code == 404
    assert words in text(response)


def test_a_student_among_the_teachers(student: User, signed_in: SignIn) -> None:
    response = signed_in(student).get("/2023/gradebook/")
    assert response.status_code == 403
    assert "This page is for teachers" in text(response)


def test_a_host_that_is_not_ours(run: Run) -> None:
    response = Client(headers={"accept-language": "en", "host": "evil.example"}).get("/sign-in/")
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Something broke on our side"), ("ru", "У нас что-то сломалось")]
)
def test_a_failure_of_ours(student: User, monkeypatch: pytest.MonkeyPatch, language: str, words: str) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr(prospects, "imagine", broken)
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    client.force_login(student)
    response = client.get("/2023/grades/")
    assert response.status_code == 500
    assert words in text(response)
    assert "a secret" not in response.content.decode()


def test_an_address_that_only_takes_forms(student: User, signed_in: SignIn) -> None:
    response = signed_in(student).get("/sign-out/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "There is nothing to read here" in text(response)
