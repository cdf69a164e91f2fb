"""What git says to somebody it can't recognise, and in which language."""

from __future__ import annotations

import base64

from kafedra.web.people import services as people
from kafedra.web.people.models import User
from kafedra.web.pushes import credentials
from kafedra.web.pushes.credentials import refusal

RUSSIAN, ENGLISH = "Логин и токен не подходят друг другу", "This login and token don't fit together"


def header(login: str, token: str) -> str:
    return "Basic " + base64.b64encode(f"{login}:{token}".encode()).decode()


def test_whoever_has_a_revoked_token_is_answered_in_their_own_language(student: User) -> None:
    people.change_language(user=student, language="en")
    row, token = people.issue_token(user=student, label="git")
    people.revoke_token(token=row)
    words = refusal(header("anna", token), "ru-RU, *;q=0.9")
    assert ENGLISH in words
    assert RUSSIAN not in words


def test_a_login_alone_tells_nothing_of_the_account(student: User) -> None:
    people.change_language(user=student, language="en")
    assert refusal(header("anna", "kaf_wrong"), "ru") == refusal(header("nobody", "kaf_wrong"), "ru")
    assert ENGLISH not in refusal(header("anna", "kaf_wrong"), "ru")


def test_a_terminal_without_a_language_hears_both(student: User) -> None:
    for told in ("", header("anna", "kaf_wrong")):
        assert len(refusal(told, "").split("\n\n")) == 2
    assert refusal(header("anna", "kaf_wrong"), "").index(ENGLISH) > 0


def test_bytes_that_are_no_base64_are_a_bad_request_and_nobody() -> None:
    assert credentials.malformed("Basic \x80")
    assert credentials.user_of("Basic \x80") is None
    assert not credentials.malformed("Basic YW5uYTp4")
