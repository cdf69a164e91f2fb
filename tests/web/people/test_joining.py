"""From the form to an account: requests, approval by a person or by a rule, the letter with the link."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client, TestCase
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.people import throttle
from kafedra.web.people.joining import services
from kafedra.web.people.models import Decision, Invitation, InvitationRequest, Membership, User
from kafedra.web.runs.models import Run

FORM = {"name": "Марина  Цветаева", "group": "231", "email": "marina@edu.example.org", "github": "marina-c"}
LINK = re.compile(r"http://127\.0\.0\.1:8000(/invite/[\w-]+/)")


def ask(client: Client, **changes: str):  # type: ignore[no-untyped-def]  # Django's test response
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post("/join/2023/", FORM | changes)


@pytest.fixture
def asked(run: Run, client: Client) -> InvitationRequest:
    ask(client)
    return InvitationRequest.objects.get()


def decide(page: Client, request: InvitationRequest, verdict: str, **data: str):  # type: ignore[no-untyped-def]
    with TestCase.captureOnCommitCallbacks(execute=True):
        return page.post(f"/2023/people/requests/{request.pk}/{verdict}/", data)


def test_from_the_form_to_the_course(
    client: Client, instructor: User, signed_in: SignIn, asked: InvitationRequest
) -> None:
    page = signed_in(instructor)
    assert "Марина Цветаева · 231" in text(page.get("/2023/people/"))
    decide(page, asked, "approve")
    (letter,) = mail.outbox
    link = LINK.search(letter.body)
    assert link
    assert "Марина Цветаева" in client.get(link[1]).content.decode()
    form = {"display_name": "Марина Цветаева", "username": "marina", "password": factories.PASSWORD}
    assert client.post(link[1], form)["Location"] == "/2023/"
    marina = User.objects.get(username="marina")
    assert (marina.email, marina.github) == (FORM["email"], "marina-c")
    assert marina.memberships.get().group == "231"
    assert Client().get(link[1]).status_code == 410


def test_the_letter_speaks_the_language_of_the_form(run: Run, instructor: User, signed_in: SignIn) -> None:
    ask(Client(headers={"accept-language": "ru"}))
    decide(signed_in(instructor), InvitationRequest.objects.get(), "approve")
    assert mail.outbox[0].subject == "Глубинное обучение: приглашение"
    assert "Здравствуйте, Марина Цветаева!" in mail.outbox[0].body


def test_a_double_click_and_two_instructors_make_one_invitation(
    instructor: User, signed_in: SignIn, asked: InvitationRequest
) -> None:
    page = signed_in(instructor)
    for verdict in ("approve", "approve", "decline"):
        decide(page, asked, verdict)
    asked.refresh_from_db()
    assert asked.state == Decision.APPROVED
    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_a_refusal_says_why(instructor: User, signed_in: SignIn, asked: InvitationRequest) -> None:
    decide(signed_in(instructor), asked, "decline", reason="Курс переполнен")
    assert "Курс переполнен" in mail.outbox[0].body
    assert not Invitation.objects.exists()


def test_a_known_domain_needs_nobody(run: Run, client: Client, instructor: User, signed_in: SignIn) -> None:
    signed_in(instructor).post("/2023/people/domains/", {"domain": " @EDU.example.org "})
    ask(client)
    ask(client, email="marina@elsewhere.example.org")
    assert [letter.to for letter in mail.outbox] == [["marina@edu.example.org"]]
    assert InvitationRequest.objects.get(state=Decision.WAITING).email == "marina@elsewhere.example.org"


def test_a_new_rule_lets_those_in_who_wait_and_says_how_many(
    asked: InvitationRequest, instructor: User, signed_in: SignIn
) -> None:
    page = signed_in(instructor)
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = page.post("/2023/people/domains/", {"domain": "edu.example.org"}, follow=True)
    assert "1 person who waited is let in" in text(response)
    assert len(mail.outbox) == 1
    assert "let in" not in text(page.post("/2023/people/domains/", {"domain": "example.net"}, follow=True))


@pytest.mark.parametrize("domain", ["", "localhost", "a b.org", "-x.org", "example.org/evil"])
def test_what_is_no_domain_is_refused(run: Run, instructor: User, signed_in: SignIn, domain: str) -> None:
    page = signed_in(instructor)
    page.post("/2023/people/domains/", {"domain": domain})
    assert not run.domains.exists()


def test_asking_twice_is_asking_once(client: Client, asked: InvitationRequest) -> None:
    ask(client, email="MARINA@edu.example.org")
    assert InvitationRequest.objects.count() == 1


def test_a_member_and_a_stranger_get_the_same_answer(run: Run, client: Client, student: User) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    stranger, member = ask(client), ask(client, email="anna@example.org")
    assert text(stranger) == text(member)
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"]]
    assert "anna" in mail.outbox[0].body
    assert not InvitationRequest.objects.filter(email="anna@example.org").exists()


def test_a_program_that_fills_in_everything_is_not_written_down(run: Run, client: Client) -> None:
    assert ask(client, website="https://spam.example").status_code == 200
    assert not InvitationRequest.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "marina", "valid email address"),
        ("name", "Марина\u202eавеатевЦ", "invisible characters"),
        ("github", "два слова", "can&#x27;t be a name at GitHub"),
    ],
)
def test_a_wrong_form_says_why_and_keeps_what_was_typed(
    run: Run, client: Client, field: str, value: str, words: str
) -> None:
    response = ask(client, **{field: value})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "231" in response.content.decode()


def test_the_address_at_github_is_taken_for_the_name(run: Run, client: Client) -> None:
    ask(client, github="https://github.com/marina-c/")
    assert InvitationRequest.objects.get().github == "marina-c"


def test_a_mail_server_that_is_down_loses_no_request(
    run: Run, client: Client, instructor: User, settings, signed_in: SignIn
) -> None:  # type: ignore[no-untyped-def]  # pytest-django's wrapper
    services.add_domain(run=run, domain="edu.example.org", by=instructor)
    settings.EMAIL_BACKEND = "no.such.Backend"
    assert ask(client).status_code == 200
    assert InvitationRequest.objects.get().state == Decision.APPROVED


def test_a_run_that_is_not_there_takes_nobody(client: Client, db: None) -> None:
    assert client.get("/join/1999/").status_code == 404
    assert not Membership.objects.exists()


def test_a_whole_lecture_asks_from_one_address_and_can_still_sign_in(run: Run, client: Client, student: User) -> None:
    for number in range(throttle.PASSWORD.by_one_address + 20):
        assert ask(client, email=f"student{number}@edu.example.org").status_code == 200
    assert InvitationRequest.objects.count() == throttle.PASSWORD.by_one_address + 20
    entered = client.post("/sign-in/", {"username": student.username, "password": factories.PASSWORD})
    assert entered.status_code == 302


def test_nobody_gets_a_hundred_requests_into_their_name(run: Run) -> None:
    for number in range(throttle.LETTER.for_one):
        assert ask(Client(REMOTE_ADDR=f"127.0.1.{number}")).status_code == 200
    refused = ask(Client(REMOTE_ADDR="127.0.2.1", headers={"accept-language": "en"}))
    assert refused.status_code == 422
    assert "Too many attempts" in text(refused)
