"""Which language a visitor gets: the account's, else the cookie's, else the browser's, else the course's."""

from __future__ import annotations

import pytest
from django.test import Client

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run


def language(client: Client, **headers: str) -> str:
    return client.get("/sign-in/", headers=headers or None)["Content-Language"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("en;q=0.5,ru;q=0.9", "ru"),
        ("de,fr;q=0.9", "ru"),
        ("", "ru"),
        ("en;q=much", "ru"),
    ],
)
def test_the_browser_is_heard(run: Run, accept: str, expected: str) -> None:
    assert language(Client(), **{"accept-language": accept}) == expected


def test_a_choice_is_kept_in_a_cookie(run: Run) -> None:
    client = Client(headers={"accept-language": "ru"})
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert language(client) == "en"


def test_a_made_up_choice_changes_nothing(run: Run) -> None:
    client = Client(headers={"accept-language": "ru"})
    client.post("/language/", {"language": "tlh", "next": "https://evil.example/"})
    client.post("/theme/", {"theme": "<neon>"})
    assert language(client) == "ru"
    assert "neon" not in client.get("/sign-in/").content.decode()


def test_the_account_wins_over_the_cookie(student: User) -> None:
    User.objects.filter(pk=student.pk).update(language="ru")
    client = Client(headers={"accept-language": "en"})
    client.cookies["kafedra_language"] = "en"
    client.force_login(User.objects.get(pk=student.pk))
    assert client.get("/2023/")["Content-Language"] == "ru"


def test_the_theme_is_kept_and_rendered_by_the_server(run: Run) -> None:
    client = Client()
    assert client.post("/theme/", {"theme": "dark", "next": "/sign-in/"})["Location"] == "/sign-in/"
    assert '<html lang="ru" data-theme="dark">' in client.get("/sign-in/").content.decode()
