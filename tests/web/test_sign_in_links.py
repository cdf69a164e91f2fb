"""Signing in by a letter, one's own list of sign-ins, and changing the address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, TestCase
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.pages import text

from kafedra.web import clock
from kafedra.web.people.models import SignInLink, User

LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


@pytest.fixture
def student(student: User) -> User:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    student.refresh_from_db()
    return student


def mailed(client: Client, address: str = "Anna@Example.org") -> str:
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post("/sign-in/link/", {"email": address})
    found = LINK.search(mail.outbox[-1].body)
    assert found
    return found[1]


def test_a_letter_lets_its_owner_in_once(client: Client, student: User) -> None:
    link = mailed(client)
    assert "Анна Ахматова" in text(client.get(link))
    assert client.get("/account/").status_code == 302, "looking at the link must not use it up"
    assert client.post(link)["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert Client().post(link).status_code == 410


def test_a_link_is_short_lived(client: Client, student: User) -> None:
    link = mailed(client)
    with clock.shifted(timedelta(minutes=16)):
        assert client.post(link).status_code == 410


def test_a_forged_link_opens_nothing(client: Client, student: User) -> None:
    link = mailed(client)
    secret = link.split("/")[-2].split(":")[0]
    for forged in (link.replace(secret[:4], "AAAA"), f"/sign-in/link/{secret}/", f"/sign-in/link/{secret}:x/"):
        assert client.post(forged).status_code == 410


def test_only_a_digest_is_kept(client: Client, student: User) -> None:
    secret = mailed(client).split("/")[-2].split(":")[0]
    assert secret not in SignInLink.objects.get().digest


def test_nobody_learns_who_has_an_account(client: Client, student: User) -> None:
    pages = [text(client.post("/sign-in/link/", {"email": address})) for address in ("anna@example.org", "x@y.org")]
    assert pages[0] == pages[1]
    assert SignInLink.objects.count() == 1


def test_letters_are_not_sent_without_end(client: Client, student: User) -> None:
    for _ in range(8):
        client.post("/sign-in/link/", {"email": "anna@example.org"})
    assert "Too many attempts" in text(client.post("/sign-in/link/", {"email": "anna@example.org"}))
    assert SignInLink.objects.count() == 8


def test_a_closed_account_gets_no_letter(client: Client, student: User) -> None:
    User.objects.filter(pk=student.pk).update(is_active=False)
    client.post("/sign-in/link/", {"email": "anna@example.org"})
    assert not SignInLink.objects.exists()


def test_the_account_lists_ones_own_sign_ins(client: Client, student: User, other_student: User) -> None:
    client.post("/sign-in/", {"username": "anna", "password": factories.PASSWORD}, headers={"user-agent": "Firefox"})
    client.post(mailed(Client()))
    page = text(client.get("/account/"))
    assert re.search(r"Sign-ins .*password · 127\.0\.0\.1 Firefox", page)
    stranger = Client(headers={"accept-language": "en"})
    stranger.post("/sign-in/", {"username": "boris", "password": factories.PASSWORD})
    assert "Firefox" not in text(stranger.get("/account/"))


def test_a_new_address_counts_once_it_is_confirmed(student: User, signed_in: SignIn, other_student: User) -> None:
    page = signed_in(student)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.post("/account/email/", {"email": "new@example.org"})
    (letter,) = mail.outbox
    link = LINK.search(letter.body)
    assert letter.to == ["new@example.org"]
    assert link
    student.refresh_from_db()
    assert student.email == "anna@example.org"
    assert signed_in(other_student).post(link[1]).status_code == 410
    page.post(link[1])
    student.refresh_from_db()
    assert student.email == "new@example.org"
    with clock.shifted(timedelta(days=2)):
        assert page.get(link[1]).status_code == 410


def test_an_empty_address_stops_letters(student: User, signed_in: SignIn) -> None:
    signed_in(student).post("/account/email/", {"email": ""})
    student.refresh_from_db()
    assert student.email == ""
