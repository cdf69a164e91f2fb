"""The page of people: the list first, narrowed by words and groups; who was invited by name and has not come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.people.invited.services import invite_by_name
from kafedra.web.people.joining.services import request_invitation
from kafedra.web.people.models import Decision, Invitation, InvitationRequest, Membership, User
from kafedra.web.runs.models import Run

MARINA = {"name": "Марина Цветаева", "group": "231", "email": "marina@example.org", "github": "", "language": "ru"}


@pytest.fixture
def page(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


@pytest.fixture
def marina(run: Run, instructor: User) -> InvitationRequest:
    with TestCase.captureOnCommitCallbacks(execute=True):
        request = invite_by_name(run=run, by=instructor, **MARINA)
    mail.outbox.clear()
    return request


@pytest.fixture
def two(run: Run) -> None:
    for login, name, group in (("fedor", "Фёдор Тютчев", "231"), ("gleb", "Глеб Иванов", "232")):
        user = factories.person(login, name, run=run)
        User.objects.filter(pk=user.pk).update(email=f"{login}@edu.example.org")
        Membership.objects.filter(user=user).update(group=group)


def shown(response) -> set[str]:  # type: ignore[no-untyped-def]  # a test response
    return {login for login in ("osip", "fedor", "gleb") if f">{login}</td>" in response.content.decode()}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=федор", {"fedor"}),
        ("?q=ФЁДОР+тютчев", {"fedor"}),
        ("?q=gleb@edu", {"gleb"}),
        ("?q=232", {"gleb"}),
        ("?group=231", {"fedor"}),
        ("?group=-", {"osip"}),
        ("?group=231&q=глеб", set()),
        ("", {"osip", "fedor", "gleb"}),
    ],
)
def test_the_list_is_narrowed(page: Client, two: None, query: str, found: set[str]) -> None:
    assert shown(page.get(f"/2023/people/{query}")) == found
    part = page.get(f"/2023/people/{query}", headers={"hx-request": "true"})
    assert shown(part) == found
    assert "<main" not in part.content.decode()


def test_a_member_is_changed_on_a_page_of_their_own_and_the_list_stays_narrowed(page: Client, two: None) -> None:
    member = Membership.objects.get(user__username="fedor")
    where = f"/2023/people/members/{member.pk}/?q=fedor"
    assert where in page.get("/2023/people/?q=fedor").content.decode()
    response = page.post(where, {"role": "student", "group": "239"})
    assert response["Location"] == "/2023/people/?q=fedor"
    assert Membership.objects.get(pk=member.pk).group == "239"


def test_a_wrong_group_keeps_what_was_typed(page: Client, two: None) -> None:
    member = Membership.objects.get(user__username="fedor")
    response = page.post(f"/2023/people/members/{member.pk}/", {"role": "student", "group": "2" * 41})
    assert response.status_code == 422
    assert "2" * 41 in response.content.decode()


def test_personal_invitations_wait_in_a_folded_list_of_their_own(page: Client, marina: InvitationRequest) -> None:
    source = page.get("/2023/people/").content.decode()
    assert "1 person was invited and has not come yet" in source
    assert '<details class="sheet" id="invited">' in source
    assert marina.invitation is not None
    assert marina.invitation.token not in source
    assert source.index("in the run</h2>") < source.index("Марина Цветаева")


def test_who_has_come_waits_no_longer(page: Client, marina: InvitationRequest, client: Client) -> None:
    assert marina.invitation is not None
    form = {"display_name": "Марина", "username": "marina", "password": factories.PASSWORD}
    client.post(f"/invite/{marina.invitation.token}/", form)
    assert "has not come yet" not in text(page.get("/2023/people/"))


def test_a_letter_goes_out_again_and_the_link_lives_longer(page: Client, marina: InvitationRequest) -> None:
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))
    assert "expired" in text(page.get("/2023/people/"))
    for _click in range(2):
        with TestCase.captureOnCommitCallbacks(execute=True):
            page.post(f"/2023/people/requests/{marina.pk}/again/")
    (letter,) = mail.outbox
    invitation = Invitation.objects.get()
    assert invitation.token in letter.body
    assert invitation.expires_at is not None
    assert invitation.expires_at > clock.now() + timedelta(days=29)


def test_a_revoked_invitation_is_not_sent_again(page: Client, marina: InvitationRequest) -> None:
    page.post(f"/2023/people/invitations/{marina.invitation_id}/revoke/")
    assert "has not come yet" not in text(page.get("/2023/people/"))
    response = page.post(f"/2023/people/requests/{marina.pk}/again/", follow=True)
    assert "No letter was sent" in text(response)


@pytest.fixture
def three_ask(run: Run) -> list[InvitationRequest]:
    for number in range(3):
        request_invitation(run=run, **MARINA | {"email": f"m{number}@example.org"})
    return list(InvitationRequest.objects.all())


def test_all_who_are_ticked_are_let_in_at_once(page: Client, three_ask: list[InvitationRequest]) -> None:
    chosen = {"request": [three_ask[0].pk, three_ask[2].pk]}
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = page.post("/2023/people/requests/approve/", chosen, follow=True)
    assert "2 people who waited are let in" in text(response)
    assert [letter.to[0] for letter in mail.outbox] == ["m0@example.org", "m2@example.org"]
    assert InvitationRequest.objects.get(state=Decision.WAITING) == three_ask[1]
    again = page.post("/2023/people/requests/approve/", chosen, follow=True)
    assert "decided already" in text(again)
    assert "Choose at least one person." in text(page.post("/2023/people/requests/approve/", follow=True))


def test_everybody_is_ticked_by_one_link(page: Client, three_ask: list[InvitationRequest]) -> None:
    assert page.get("/2023/people/").content.decode().count(" checked>") == 0
    assert page.get("/2023/people/?tick=all").content.decode().count(" checked>") == 3


def test_requests_of_another_run_are_not_let_in(page: Client, run: Run) -> None:
    other = Run.objects.create(slug="2022")
    asked = request_invitation(run=other, **MARINA)
    assert asked is not None
    page.post("/2023/people/requests/approve/", {"request": [asked.pk]})
    assert not Invitation.objects.exists()


def test_the_number_of_queries_does_not_depend_on_the_number_of_people(
    page: Client, run: Run, instructor: User
) -> None:
    page.get("/2023/people/")
    counts = []
    for size in (2, 30):
        for number in range(size):
            factories.person(run=run)
            told = MARINA | {"email": f"m{size}-{number}@example.org"}
            invite_by_name(run=run, by=instructor, **told)
            request_invitation(run=run, **told | {"email": f"w{size}-{number}@example.org"})
        with CaptureQueriesContext(connection) as queries:
            page.get("/2023/people/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_note_hides_nothing(page: Client, run: Run) -> None:
    response = page.post("/2023/people/", {"role": "student", "days": "7", "max_uses": "", "note": "a\u202eb"})
    assert response.status_code == 422
    assert not Invitation.objects.exists()
