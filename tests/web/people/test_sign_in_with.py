"""Signing in with an account at GitHub or Google: for those who have an account here, or an invitation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.people.identity_provider import IdentityProvider, Person
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.people import services as people
from kafedra.web.people.models import Role, User
from kafedra.web.record.models import Entry
from kafedra.web.runs.models import Run

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("provider", ["github", "google"])


@pytest.fixture
def idp() -> Iterator[IdentityProvider]:
    found = IdentityProvider()
    with found.opened():
        yield found


@pytest.fixture(autouse=True)
def configured(settings, idp: IdentityProvider) -> None:  # type: ignore[no-untyped-def]  # pytest-django's wrapper
    settings.SIGN_IN_WITH = idp.settings("github", "google")


@pytest.fixture
def student(student: User) -> User:
    User.objects.filter(pk=student.pk).update(email="anna@example.org", language="en")
    student.refresh_from_db()
    return student


@pytest.fixture
def invitation(run: Run) -> str:
    return f"/invite/{people.invite(run=run, role=Role.STUDENT, created_by=None).token}/"


def leave(client: Client, provider: str = "github", path: str = "/sign-in/with/{}/", **form: str) -> str:
    """Press the button; where the browser goes then."""
    page = client.post(path.format(provider), form)
    assert page.status_code == 200, page
    seconds, _, address = page["Refresh"].partition("; url=")
    assert seconds == "0"
    return address


def come_back(client: Client, address: str):  # type: ignore[no-untyped-def]  # Django's test response
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def sign_in(client: Client, idp: IdentityProvider, provider: str = "github", **form: str):  # type: ignore[no-untyped-def]
    return come_back(client, idp.agree(leave(client, provider, **form)))


def connect(student: User, signed_in: SignIn, idp: IdentityProvider, provider: str = "github") -> Client:
    page = signed_in(student)
    assert come_back(page, idp.agree(leave(page, provider, "/account/with/{}/")))["Location"] == "/account/"
    return page


def test_the_buttons_are_there_only_where_they_work(client: Client, settings, idp: IdentityProvider) -> None:  # type: ignore[no-untyped-def]
    page = text(client.get("/sign-in/"))
    assert "Sign in with GitHub" in page
    assert "Sign in with Google" in page
    settings.SIGN_IN_WITH = idp.settings("google")
    assert "GitHub" not in text(client.get("/sign-in/"))
    assert client.post("/sign-in/with/github/").status_code == 404
    settings.SIGN_IN_WITH = {}
    assert "Google" not in text(client.get("/sign-in/"))


@BOTH
def test_whoever_has_the_same_confirmed_address_comes_in(
    client: Client, student: User, idp: IdentityProvider, provider: str
) -> None:
    assert sign_in(client, idp, provider)["Location"] == "/"
    page = text(client.get("/account/"))
    assert "Анна Ахматова" in page
    assert re.search(rf"Sign-ins .*{provider} · 127\.0\.0\.1", page, re.IGNORECASE)
    entry = Entry.objects.get(verb="account.connected")
    assert (entry.who, entry.after["provider"].lower()) == (student, provider)
    idp.person.email = "moved@example.org"
    assert sign_in(Client(), idp, provider)["Location"] == "/", "once connected the address does not matter"
    assert SocialAccount.objects.count() == 1


@BOTH
def test_an_address_that_nobody_confirmed_proves_nothing(
    client: Client, student: User, idp: IdentityProvider, provider: str
) -> None:
    idp.person.verified = False
    assert sign_in(client, idp, provider).status_code == 403
    assert client.get("/account/").status_code == 302


@BOTH
def test_without_an_invitation_no_account_is_made(
    client: Client, run: Run, idp: IdentityProvider, provider: str
) -> None:
    page = sign_in(client, idp, provider)
    assert page.status_code == 403
    assert "An account is created by the invitation link" in text(page)
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_an_address_of_two_accounts_decides_nothing(
    client: Client, student: User, other_student: User, idp: IdentityProvider
) -> None:
    User.objects.filter(pk=other_student.pk).update(email="Anna@Example.org")
    assert sign_in(client, idp).status_code == 403


def test_a_closed_account_stays_closed(client: Client, student: User, signed_in: SignIn, idp: IdentityProvider) -> None:
    connect(student, signed_in, idp)
    User.objects.filter(pk=student.pk).update(is_active=False)
    factories.person("twin")
    User.objects.filter(username="twin").update(email="anna@example.org")
    assert sign_in(client, idp).status_code == 403


def test_whoever_asked_for_a_page_comes_to_it_and_nobody_elsewhere(
    client: Client, student: User, idp: IdentityProvider
) -> None:
    assert sign_in(client, idp, next="/2023/grades/")["Location"] == "/2023/grades/"
    assert sign_in(Client(), idp, next="https://evil.example/")["Location"] == "/"


@BOTH
def test_an_invitation_is_accepted_without_a_password(
    client: Client, invitation: str, idp: IdentityProvider, provider: str
) -> None:
    assert "Join with GitHub" in text(client.get(invitation))
    assert sign_in(client, idp, provider, invitation=invitation.split("/")[2])["Location"] == invitation
    page = client.get(invitation).content.decode()
    assert 'value="Анна Ахматова"' in page
    assert f'value="{"anna-a" if provider == "github" else "anna"}"' in page
    assert 'type="password"' not in page
    form = {"display_name": "Анна А. Ахматова", "username": "akhmatova"}
    assert client.post(invitation, form)["Location"] == "/2023/"
    anna = User.objects.get()
    assert (anna.username, anna.display_name, anna.email) == ("akhmatova", "Анна А. Ахматова", "anna@example.org")
    assert anna.github == ("Anna-A" if provider == "github" else "")
    assert not anna.has_usable_password()
    assert anna.sign_ins.get().way == provider
    assert sign_in(Client(), idp, provider)["Location"] == "/"


def test_the_same_person_in_two_windows_gets_one_account(run: Run, invitation: str, idp: IdentityProvider) -> None:
    windows = [Client(), Client()]
    for window in windows:
        assert sign_in(window, idp, invitation=invitation.split("/")[2])["Location"] == invitation
    found = [window.post(invitation, {"display_name": "A", "username": f"a{n}"}) for n, window in enumerate(windows)]
    assert [one["Location"] for one in found] == ["/2023/", "/sign-in/"]
    assert User.objects.get().username == "a0"


def test_a_second_account_there_with_the_same_address_is_not_let_in(
    client: Client, student: User, signed_in: SignIn, idp: IdentityProvider
) -> None:
    connect(student, signed_in, idp)
    idp.person = Person(uid=4712, login="not-anna")
    assert sign_in(client, idp).status_code == 403


@pytest.mark.parametrize("token", ["no-such", "../../account", "a/b", "\x00"])
def test_an_invented_invitation_leads_nowhere(client: Client, student: User, idp: IdentityProvider, token: str) -> None:
    assert sign_in(client, idp, invitation=token)["Location"] == "/"


def test_a_member_who_comes_by_an_invitation_joins_with_the_old_account(
    client: Client, student: User, invitation: str, idp: IdentityProvider
) -> None:
    assert sign_in(client, idp, invitation=invitation.split("/")[2])["Location"] == invitation
    assert User.objects.get() == student


def test_an_arrival_is_good_for_its_own_invitation_only(
    client: Client, invitation: str, run: Run, idp: IdentityProvider
) -> None:
    sign_in(client, idp, invitation=invitation.split("/")[2])
    other = f"/invite/{people.invite(run=run, role=Role.INSTRUCTOR, created_by=None).token}/"
    assert 'type="password"' in client.get(other).content.decode()
    assert 'type="password"' in client.get(f"{invitation}?password").content.decode()
    assert 'type="password"' in client.get(invitation).content.decode(), "and it is forgotten"


def test_a_closed_invitation_lets_nobody_in_this_way_either(
    client: Client, invitation: str, idp: IdentityProvider
) -> None:
    with clock.shifted(timedelta(days=365)):
        sign_in(client, idp, invitation=invitation.split("/")[2])
    from kafedra.web.people.models import Invitation

    Invitation.objects.update(revoked_at=clock.now())
    assert client.post(invitation, {"display_name": "A", "username": "a"}).status_code == 410
    assert not User.objects.exists()


def test_connecting_and_disconnecting(student: User, signed_in: SignIn, idp: IdentityProvider) -> None:
    idp.person = Person(email="private@example.com")
    page = connect(student, signed_in, idp)
    shown = text(page.get("/account/"))
    assert "GitHub Anna-A connected since" in shown
    assert "Google not connected" in shown
    assert sign_in(Client(), idp)["Location"] == "/"
    page.post(f"/account/with/{SocialAccount.objects.get().pk}/disconnect/")
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="account.").order_by("pk")][-2:] == [
        "account.connected",
        "account.disconnected",
    ]
    assert "GitHub is disconnected" in text(page.get("/account/"))
    assert sign_in(Client(), idp).status_code == 403


def test_what_belongs_to_another_account_is_not_taken_over(
    student: User, other_student: User, signed_in: SignIn, idp: IdentityProvider
) -> None:
    connect(student, signed_in, idp)
    page = connect(other_student, signed_in, idp)
    assert "is connected with another account here" in text(page.get("/account/"))
    assert SocialAccount.objects.get().user == student


def test_the_last_way_in_stays(run: Run, client: Client, invitation: str, idp: IdentityProvider) -> None:
    sign_in(client, idp, invitation=invitation.split("/")[2])
    client.post(invitation, {"display_name": "Анна", "username": "anna"})
    client.post("/account/email/", {"email": ""})
    client.post(f"/account/with/{SocialAccount.objects.get().pk}/disconnect/")
    assert "You would not get in any more" in text(client.get("/account/"))
    assert SocialAccount.objects.exists()
    assert client.post("/account/password/", {"new": factories.PASSWORD})["Location"] == "/account/#password"
    client.post(f"/account/with/{SocialAccount.objects.get().pk}/disconnect/")
    assert not SocialAccount.objects.exists()
    assert Client().login(username="anna", password=factories.PASSWORD)


def test_the_way_back_works_once_and_in_the_same_browser_only(
    client: Client, student: User, idp: IdentityProvider
) -> None:
    address = idp.agree(leave(client))
    assert come_back(Client(), address).status_code == 400, "somebody else's browser"
    assert come_back(client, address)["Location"] == "/"
    client.post("/sign-out/")
    assert come_back(client, address).status_code == 400
    assert client.get("/sign-in/with/github/back/?code=x&state=forged").status_code == 400
    assert client.get("/sign-in/with/github/back/").status_code == 400


def test_a_connection_begun_by_one_is_not_finished_by_another(
    student: User, other_student: User, signed_in: SignIn, idp: IdentityProvider
) -> None:
    page = signed_in(student)
    address = idp.agree(leave(page, "github", "/account/with/{}/"))
    session = page.session
    session["_auth_user_id"], session["_auth_user_hash"] = str(other_student.pk), other_student.get_session_auth_hash()
    session.save()
    assert come_back(page, address).status_code == 400
    assert not SocialAccount.objects.exists()


def test_stopping_there_and_failing_there_are_told_apart(client: Client, student: User, idp: IdentityProvider) -> None:
    stopped = come_back(client, idp.refuse(leave(client)))
    assert stopped.status_code == 400
    assert "You stopped at GitHub" in text(stopped)
    idp.broken = True
    failed = sign_in(client, idp)
    assert failed.status_code == 400
    assert "did not answer as it should" in text(failed)


def test_a_provider_that_is_down_costs_nothing_but_this_way(client: Client, settings, student: User) -> None:  # type: ignore[no-untyped-def]
    closed = IdentityProvider()
    with closed.opened():
        settings.SIGN_IN_WITH = closed.settings("github")
    assert "did not answer as it should" in text(sign_in(client, closed))


def test_nothing_of_theirs_is_kept_but_a_number_and_a_name(
    student: User, signed_in: SignIn, idp: IdentityProvider
) -> None:
    connect(student, signed_in, idp)
    row = SocialAccount.objects.get()
    assert (row.uid, row.extra_data) == ("4711", {"shown": "Anna-A"})
    assert not SocialToken.objects.exists()


def test_only_what_is_needed_is_asked_for(client: Client, idp: IdentityProvider) -> None:
    for provider in ("github", "google"):
        idp.agree(leave(client, provider))
    github, google = idp.asked
    assert github["scope"] == "user:email"
    assert set(google["scope"].split()) == {"openid", "profile", "email"}
    assert github["redirect_uri"] == "http://127.0.0.1:8000/sign-in/with/github/back/"
    assert github["code_challenge_method"] == google["code_challenge_method"] == "S256"


def test_the_policy_stays_strict_on_the_way(client: Client, idp: IdentityProvider) -> None:
    page = client.post("/sign-in/with/github/")
    assert "form-action 'self';" in page["Content-Security-Policy"]
    assert idp.base_url not in page["Content-Security-Policy"]


def test_leaving_needs_a_post(client: Client, student: User, signed_in: SignIn) -> None:
    assert client.get("/sign-in/with/github/").status_code == 405
    assert signed_in(student).get("/account/with/github/").status_code == 405


@pytest.mark.parametrize("path", ["login", "signup", "password/reset", "3rdparty", "github/login", "social/signup"])
def test_no_page_of_the_library_is_reachable(client: Client, path: str) -> None:
    for prefix in ("", "accounts/"):
        assert client.get(f"/{prefix}{path}/").status_code in (302, 404)
        assert client.get(f"/{prefix}{path}/").get("Location", "/sign-in/").startswith("/sign-in/")
