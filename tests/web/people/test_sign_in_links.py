"""Signing in by a letter, one's own list of sign-ins, and changing the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, TestCase
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.people import throttle
from kafedra.web.people.links import services
from kafedra.web.people.models import SignInLink, User
from kafedra.web.people.selectors import SIGN_INS_SHOWN

LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


@pytest.fixture
def student(student: User) -> User:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    student.refresh_from_db()
    return student


def mailed(client: Client, address: str = "Anna@Example.org", form: str = "/sign-in/link/") -> str:
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(form, {"email": address})
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
    most = throttle.LETTER.by_one_address_for_one
    for _ in range(most):
        client.post("/sign-in/link/", {"email": "anna@example.org"})
    assert "Too many attempts" in text(client.post("/sign-in/link/", {"email": "anna@example.org"}))
    assert SignInLink.objects.count() == most


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


def test_a_list_of_sign_ins_that_is_cut_says_so(student: User, signed_in: SignIn) -> None:
    mine = signed_in(student)
    for number in range(SIGN_INS_SHOWN + 1):
        assert ("Only the latest" in text(mine.get("/account/"))) == (number >= SIGN_INS_SHOWN)
        services.remember_sign_in(user=student, way="password", address=f"10.0.0.{number}", browser="Firefox")
    assert "10.0.0.0 " not in text(mine.get("/account/"))


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


def change_of_password(client: Client) -> None:
    form = {"current": factories.PASSWORD, "new": "birds over chalk"}
    assert client.post("/account/password/", form).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        change_of_password,
        lambda client: client.post("/account/sessions/end/"),
        lambda client: client.post("/account/email/", {"email": ""}),
    ],
    ids=["password", "other devices", "address"],
)
def test_whoever_locks_a_stranger_out_locks_out_the_links_too(
    client: Client, student: User, signed_in: SignIn, change: Callable[[Client], object]
) -> None:
    link = mailed(client)
    change(signed_in(student))
    assert client.post(link).status_code == 410


def confirmation(client: Client, email: str) -> str:
    return mailed(client, email, "/account/email/")


def test_an_old_confirmation_brings_no_old_address_back(student: User, signed_in: SignIn) -> None:
    mine = signed_in(student)
    first, second = confirmation(mine, "one@example.org"), confirmation(mine, "two@example.org")
    mine.post(second)
    assert mine.post(first).status_code == 410
    assert User.objects.get(pk=student.pk).email == "two@example.org"


def test_the_old_address_hears_that_letters_go_elsewhere(student: User, signed_in: SignIn) -> None:
    mine = signed_in(student)
    link = confirmation(mine, "new@example.org")
    with TestCase.captureOnCommitCallbacks(execute=True):
        mine.post(link)
    letter = mail.outbox[-1]
    assert letter.to == ["anna@example.org"]
    assert "new@example.org" in letter.body


def test_nobody_can_have_letters_sent_to_a_stranger_without_end(student: User, signed_in: SignIn) -> None:
    mine = signed_in(student)
    for _ in range(throttle.LETTER.by_one_address_for_one):
        confirmation(mine, "victim@example.org")
    refused = mine.post("/account/email/", {"email": "victim@example.org"})
    assert refused.status_code == 422
    assert "Too many attempts" in text(refused)
