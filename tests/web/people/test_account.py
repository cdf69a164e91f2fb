"""One's own account: tokens, password, sessions."""

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
from kafedra.web.frame.templatetags.kafedra import browser_name
from kafedra.web.people import services
from kafedra.web.people.models import AccessToken, User


def test_a_token_is_shown_once_and_kept_as_a_digest(student: User, signed_in: SignIn) -> None:
    client = signed_in(student)
    page = client.post("/account/tokens/", {"label": "laptop"}).content.decode()
    (token,) = set(re.findall(r"kaf_[A-Za-z0-9]{32}", page))
    row = AccessToken.objects.get()
    assert token not in {row.digest, row.prefix}
    assert token not in client.get("/account/").content.decode()
    assert "laptop" in client.get("/account/").content.decode()
    assert services.authenticate_token("anna", token) == student


def test_reloading_the_page_with_the_token_leads_to_the_account(student: User, signed_in: SignIn) -> None:
    assert signed_in(student).get("/account/tokens/")["Location"] == "/account/"


def test_a_token_opens_nothing_for_another_login(student: User, other_student: User) -> None:
    _, token = services.issue_token(user=student, label="git")
    assert services.authenticate_token("boris", token) is None
    assert services.authenticate_token("anna", token + "x") is None
    assert services.authenticate_token("ANNA", token) == student


def test_using_a_token_is_remembered(student: User) -> None:
    row, token = services.issue_token(user=student, label="git")
    assert row.last_used_at is None
    services.authenticate_token("anna", token)
    row.refresh_from_db()
    assert row.last_used_at is not None


def test_a_revoked_token_and_a_closed_account_open_nothing(student: User, signed_in: SignIn) -> None:
    row, token = services.issue_token(user=student, label="git")
    _, kept = services.issue_token(user=student, label="another")
    signed_in(student).post(f"/account/tokens/{row.pk}/revoke/")
    assert services.authenticate_token("anna", token) is None
    assert services.authenticate_token("anna", kept) == student
    User.objects.filter(pk=student.pk).update(is_active=False)
    assert services.authenticate_token("anna", kept) is None


def test_nobody_revokes_another_ones_token(student: User, other_student: User, signed_in: SignIn) -> None:
    row, token = services.issue_token(user=student, label="git")
    assert signed_in(other_student).post(f"/account/tokens/{row.pk}/revoke/").status_code == 404
    assert services.authenticate_token("anna", token) == student


def test_a_new_password_ends_the_other_sessions(student: User, signed_in: SignIn) -> None:
    here, elsewhere = signed_in(student), signed_in(student)
    form = {"current": factories.PASSWORD, "new": "chalk dust in sunlight"}
    assert here.post("/account/password/", form)["Location"] == "/account/#password"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert Client().login(username="anna", password="chalk dust in sunlight")


def section(client: Client, name: str) -> str:
    source = client.get("/account/").content.decode()
    assert source.count('role="status"') == 1
    return source.split(f'id="{name}"')[1].split("</section>")[0]


def test_the_answer_is_in_the_section_that_was_asked(student: User, signed_in: SignIn) -> None:
    client = signed_in(student)
    client.post("/account/password/", {"current": factories.PASSWORD, "new": "chalk dust in sunlight"})
    assert "The password is changed." in section(client, "password")
    assert client.post("/account/email/", {"email": "anna@example.org"})["Location"] == "/account/#email"
    assert "Open the link in the letter to anna@example.org" in section(client, "email")
    row, _token = services.issue_token(user=student, label="git")
    client.post(f"/account/tokens/{row.pk}/revoke/")
    assert "The token no longer works." in section(client, "tokens")
    client.post("/account/sessions/end/")
    assert "Other devices were signed out." in section(client, "sessions")


def test_an_address_waits_to_be_confirmed_until_it_is_or_a_day_has_passed(student: User, signed_in: SignIn) -> None:
    client = signed_in(student)
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post("/account/email/", {"email": "anna@example.org"})
    waits = "waits to be confirmed anna@example.org"
    assert waits in text(client.get("/account/"))
    with clock.shifted(timedelta(days=1, minutes=1)):
        assert waits not in text(client.get("/account/"))
    client.post(re.findall(r"/account/email/\S+", mail.outbox[0].body)[0])
    assert waits not in text(client.get("/account/"))
    assert "Letters come to anna@example.org" in text(client.get("/account/"))


def test_a_new_password_needs_the_old_one(student: User, signed_in: SignIn) -> None:
    form = {"current": "no", "new": "chalk dust in sunlight"}
    response = signed_in(student).post("/account/password/", form)
    assert response.status_code == 422
    assert "your current password" in response.content.decode()
    student.refresh_from_db()
    assert student.check_password(factories.PASSWORD)


def test_signing_out_elsewhere_keeps_this_session(student: User, signed_in: SignIn) -> None:
    here, elsewhere = signed_in(student), signed_in(student)
    here.post("/account/sessions/end/")
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_the_language_of_the_account_wins(student: User, signed_in: SignIn) -> None:
    client = signed_in(student)
    assert client.post("/language/", {"language": "ru", "next": "/account/"})["Location"] == "/account/"
    page = Client(headers={"accept-language": "en"})
    page.force_login(User.objects.get(pk=student.pk))
    assert "Учётная запись" in page.get("/account/").content.decode()


def test_a_wrong_address_comes_back_as_it_was_typed(student: User, signed_in: SignIn) -> None:
    response = signed_in(student).post("/account/email/", {"email": "anna at example"})
    assert response.status_code == 422
    assert 'value="anna at example"' in response.content.decode()
    assert "Enter a valid email address." in response.content.decode()


def test_pages_of_no_run_keep_the_places_of_ones_own(student: User, signed_in: SignIn) -> None:
    for path in ("/account/", "/news/", "/account/record/"):
        assert 'href="/2023/grades/"' in signed_in(student).get(path).content.decode(), path


def test_somebody_of_no_run_has_no_places(db: None, signed_in: SignIn) -> None:
    assert 'class="places"' not in signed_in(factories.person("nobody")).get("/account/").content.decode()


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 YaBrowser/24.12 Safari/537.36",
         "Yandex, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1", "Safari, iPhone"),
        ("curl/8.5.0", "curl/8.5.0"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_people_name_it(agent: str, shown: str) -> None:
    assert browser_name(agent) == shown
