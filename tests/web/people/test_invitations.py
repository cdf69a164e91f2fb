"""Invitation links: who comes in by them, and what a closed one says."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, TestCase
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.people import services
from kafedra.web.people.models import Invitation, Membership, Role, User
from kafedra.web.runs.models import Run

FORM = {"display_name": "Марина Цветаева", "username": "Marina", "password": factories.PASSWORD}


@pytest.fixture
def invitation(run: Run) -> Invitation:
    return services.invite(run=run, role=Role.STUDENT, created_by=None)


def address(invitation: Invitation) -> str:
    return f"/invite/{invitation.token}/"


def test_a_link_makes_an_account_and_leads_into_the_course(client: Client, invitation: Invitation) -> None:
    assert "Deep Learning" in client.get(address(invitation)).content.decode()
    response = client.post(address(invitation), FORM, follow=True)
    assert response.redirect_chain == [("/2023/", 302)]
    assert "Welcome!" in response.content.decode()
    marina = User.objects.get(username="marina")
    assert marina.memberships.get().role == Role.STUDENT
    assert marina.language == "en"


def test_an_address_given_with_the_account_is_confirmed_first(client: Client, invitation: Invitation) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        home = client.post(address(invitation), FORM | {"email": "marina@example.org"}, follow=True)
    assert "Open the link in the letter to marina@example.org" in text(home)
    assert User.objects.get(username="marina").email == ""
    assert mail.outbox[0].recipients() == ["marina@example.org"]
    client.post(re.findall(r"/account/email/\S+", mail.outbox[0].body)[0])
    assert User.objects.get(username="marina").email == "marina@example.org"
    assert "address" not in text(client.get("/2023/"))


def test_without_an_address_the_course_asks_for_one(client: Client, invitation: Invitation) -> None:
    assert "Your account has no e-mail address" in text(client.post(address(invitation), FORM, follow=True))
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Марина Цветаева", "m-tsvetaeva"),
        ("Анна Ахматова", "anna-akhmatova"),
        ("Щорс", "shchors"),
        ("Zoë O’Brien", "z-obrien"),
        ("Щукин Ёж Юрьевич", "e-shchukin"),
        ("Ёж Юрьевич Щукин", "e-shchukin"),
        ("Юлия Щукина-Объездчикова", "y-shchukina-obezdchikova"),
    ],
)
def test_a_login_is_suggested_from_the_name(
    client: Client, invitation: Invitation, run: Run, name: str, login: str
) -> None:
    factories.person("a-akhmatova", run=run)
    answer = client.get(address(invitation), {"display_name": name, "username": ""}, headers={"HX-Request": "true"})
    assert f'name="username" value="{login}"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("typed", [{"username": "mine", "display_name": "Марина"}, {"display_name": "雪"}, {}])
def test_no_login_is_put_over_what_was_typed(client: Client, invitation: Invitation, typed: dict[str, str]) -> None:
    assert client.get(address(invitation), typed, headers={"HX-Request": "true"}).status_code == 204


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("username", "anna", "is taken"),
        ("username", "Анна", "Latin lower-case letters"),
        ("username", "a--b", "Latin lower-case letters"),
        ("username", "../etc", "Latin lower-case letters"),
        ("password", "1234", "too short"),
        ("password", "password", "too common"),
        ("password", "marina12", "too similar"),
        ("display_name", "Марина\u202eавеатевЦ", "invisible characters"),
    ],
)
def test_a_form_that_will_not_do_says_why_and_keeps_what_was_typed(
    client: Client, invitation: Invitation, student: User, field: str, value: str, words: str
) -> None:
    response = client.post(address(invitation), FORM | {field: value})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Марина" in response.content.decode()
    assert Membership.objects.filter(role=Role.STUDENT).count() == 1


def test_somebody_with_an_account_joins_with_it(run: Run, invitation: Invitation, signed_in: SignIn) -> None:
    guest = factories.person("guest", "Гость")
    client = signed_in(guest)
    assert "Гость" in client.get(address(invitation)).content.decode()
    assert client.post(address(invitation))["Location"] == "/2023/"
    assert guest.memberships.get().run == run


def test_a_member_is_led_straight_to_the_course_and_uses_nothing_up(
    invitation: Invitation, student: User, signed_in: SignIn
) -> None:
    client = signed_in(student)
    assert client.get(address(invitation))["Location"] == "/2023/"
    assert client.post(address(invitation))["Location"] == "/2023/"
    invitation.refresh_from_db()
    assert invitation.uses == 0


def test_a_role_is_raised_but_never_lowered(run: Run, student: User, instructor: User, signed_in: SignIn) -> None:
    link = services.invite(run=run, role=Role.ASSISTANT, created_by=instructor)
    for person in (student, instructor):
        signed_in(person).post(address(link))
    assert student.memberships.get().role == Role.ASSISTANT
    assert instructor.memberships.get().role == Role.INSTRUCTOR


@pytest.mark.parametrize(
    ("case", "words"),
    [("expired", "has expired"), ("used_up", "has been used"), ("revoked", "was withdrawn")],
)
def test_a_closed_link_says_kindly_why(client: Client, invitation: Invitation, case: str, words: str) -> None:
    changes = {
        "expired": {"expires_at": clock.now() - timedelta(seconds=1)},
        "used_up": {"max_uses": 1, "uses": 1},
        "revoked": {"revoked_at": clock.now()},
    }
    Invitation.objects.filter(pk=invitation.pk).update(**changes[case])
    for response in (client.get(address(invitation)), client.post(address(invitation), FORM)):
        assert response.status_code == 410
        assert words in response.content.decode()
        assert "Ask your teacher for a new link" in response.content.decode()
    assert not User.objects.filter(username="marina").exists()


def test_a_link_for_one_lets_one_in(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(max_uses=1)
    services.accept_invitation(invitation=invitation, user=factories.person("first"))
    with pytest.raises(services.InvitationUnusable, match="used_up"):
        services.accept_invitation(invitation=invitation, user=factories.person("second"))


@pytest.mark.parametrize(
    ("for_how_many", "words"), [(1, "It was for one person"), (30, "as many people as it was meant for")]
)
def test_a_used_link_says_for_how_many_it_was(
    client: Client, invitation: Invitation, for_how_many: int, words: str
) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(max_uses=for_how_many, uses=for_how_many)
    assert words in text(client.get(address(invitation)))


def test_a_link_that_was_not_copied_to_its_end_says_so(client: Client, invitation: Invitation) -> None:
    response = client.get(f"/invite/{invitation.token[:-3]}/")
    assert response.status_code == 404
    assert "There is no such invitation Perhaps the link was not copied to its end" in text(response)


def test_an_instructor_creates_and_revokes_a_link(instructor: User, signed_in: SignIn, client: Client) -> None:
    page = signed_in(instructor)
    form = {"role": "student", "days": "7", "max_uses": "30", "note": "группа 231"}
    response = page.post("/2023/people/", form, follow=True)
    invitation = Invitation.objects.get()
    assert f"http://testserver/invite/{invitation.token}/" in response.content.decode()
    assert invitation.expires_at == pytest.approx(clock.now() + timedelta(days=7), abs=timedelta(minutes=1))
    assert (invitation.max_uses, invitation.created_by) == (30, instructor)
    page.post(f"/2023/people/invitations/{invitation.pk}/revoke/")
    assert client.get(address(invitation)).status_code == 410


def test_a_wrong_form_of_a_link_is_shown_again(instructor: User, signed_in: SignIn) -> None:
    form = {"role": "tsar", "days": "7", "max_uses": "0"}
    assert signed_in(instructor).post("/2023/people/", form).status_code == 422
    assert not Invitation.objects.exists()
