"""What one person, or somebody without an account, may take of what is everybody's."""

from __future__ import annotations

import threading
import time

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.core import mail
from django.test import Client, TestCase, override_settings
from tests.web import factories
from tests.web.conftest import SignIn

from kafedra.web.people import hashing, throttle
from kafedra.web.people.models import DomainRule, User
from kafedra.web.runs.models import Run

IN_TURN = override_settings(PASSWORD_HASHERS=["kafedra.web.people.hashing.Argon2InTurn"])


def test_passwords_are_looked_at_two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = most = 0
    lock, both = threading.Lock(), threading.Barrier(hashing.SIDE_BY_SIDE)

    def verify(_self: object, _password: str, _encoded: str) -> bool:
        nonlocal now, most
        with lock:
            now, most = now + 1, max(most, now + 1)
        both.wait(60)  # they come in twos, or the test ends here
        with lock:
            now -= 1
        return True

    with IN_TURN:
        encoded = make_password("one of thirty")
        monkeypatch.setattr(Argon2PasswordHasher, "verify", verify)
        threads = [threading.Thread(target=check_password, args=("guess", encoded)) for _ in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == hashing.SIDE_BY_SIDE


def test_whoever_waits_too_long_is_told_kindly(student: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: object, **_named: object) -> None:
        raise hashing.TooManyAtOnce

    monkeypatch.setattr("kafedra.web.people.views.sign_in.authenticate", busy)
    said = client.post("/sign-in/", {"username": student.username, "password": factories.PASSWORD})
    assert "Very many people are signing in" in said.content.decode()


def test_a_password_that_nobody_has_time_for_is_a_503_that_says_so(
    student: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object, **_named: object) -> None:
        raise hashing.TooManyAtOnce

    monkeypatch.setattr(User, "check_password", busy)
    said = signed_in(student).post("/account/password/", {"current": "x", "new": "chalk dust in sunlight"})
    assert said.status_code == 503
    assert said["Retry-After"]
    assert "Very many people are signing in" in said.content.decode()


def test_the_present_password_is_guessed_no_more_often_than_at_the_door(
    student: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = list[str]()
    known = User.check_password

    def looks(user: User, text: str) -> bool:
        looked_at.append(text)
        return known(user, text)

    monkeypatch.setattr(User, "check_password", looks)
    client = signed_in(student)
    form = {"new": "chalk dust in sunlight"}
    told = [client.post("/account/password/", {**form, "current": f"guess {number}"}) for number in range(30)]
    assert len(looked_at) == throttle.PASSWORD.by_one_address_for_one
    assert "Too many attempts" in told[-1].content.decode()
    assert client.post("/account/password/", {**form, "current": factories.PASSWORD}).status_code == 422


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_a_known_address_is_answered_as_slowly_as_another(student: User, client: Client, email: str) -> None:
    with override_settings(LETTER_ANSWER_SECONDS=0.3):
        began = time.monotonic()
        client.post("/sign-in/link/", {"email": email})
    assert time.monotonic() - began >= 0.3


def test_nobody_writes_to_a_stranger_with_words_of_their_own(run: Run, instructor: User) -> None:
    DomainRule.objects.create(run=run, domain="uni.example", created_by=instructor)
    fields = {"name": "Buy now at evil.example", "group": "1", "email": "victim@uni.example", "github": ""}
    with TestCase.captureOnCommitCallbacks(execute=True):
        Client().post("/join/2023/", fields)
    (letter,) = mail.outbox
    assert letter.to == ["victim@uni.example"]
    assert "evil" not in letter.body


def test_an_address_gets_only_so_many_letters_a_day(run: Run) -> None:
    refused = [throttle.letter_refused(email="a@b.org", address=f"10.0.0.{one}") for one in range(10)]
    assert sum(not why for why in refused) == throttle.LETTER.for_one


def test_messages_have_a_rate_that_no_conversation_reaches(student: User, other_student: User) -> None:
    refused = [throttle.message_refused(student) for _ in range(40)]
    assert sum(not why for why in refused) == throttle.MESSAGE.for_one
    assert not throttle.message_refused(other_student)


def test_a_class_of_thirty_behind_one_address_signs_in(run: Run) -> None:
    for number in range(30):
        person = factories.person(f"student-{number}", "Студент", run=run)
        client = Client(REMOTE_ADDR="10.1.1.1")
        client.post("/sign-in/", {"username": person.username, "password": "mistyped"})
        entered = client.post("/sign-in/", {"username": person.username, "password": factories.PASSWORD})
        assert entered.status_code == 302
