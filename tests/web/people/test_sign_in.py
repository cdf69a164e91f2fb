"""The door: who gets in, where they land, and what a guesser learns."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web import factories

from kafedra.web.people import devices, throttle
from kafedra.web.people.models import CountedAttempt, User
from kafedra.web.people.views import sign_in
from kafedra.web.runs.models import Run


def attempt(client: Client, username: str, password: str = factories.PASSWORD, **more: str):  # type: ignore[no-untyped-def]  # the test client's response has no public type
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_a_student_lands_in_the_run(client: Client, student: User) -> None:
    response = attempt(client, "anna", next="")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/")["Location"] == "/2023/"


def test_staff_land_in_the_gradebook(client: Client, assistant: User) -> None:
    attempt(client, "vera")
    assert client.get("/")["Location"] == "/2023/gradebook/"


def test_the_login_may_be_typed_in_any_case(client: Client, student: User) -> None:
    assert attempt(client, " Anna ").status_code == 302


def test_the_address_will_do_for_the_login(client: Client, student: User, other_student: User) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    assert attempt(client, " Anna@Example.org", "no").status_code == 422
    assert attempt(client, " Anna@Example.org").status_code == 302
    assert client.get("/account/").context["user"] == student


def test_an_address_of_two_accounts_is_no_login(client: Client, student: User, other_student: User) -> None:
    User.objects.update(email="both@example.org")
    assert "The login or the password is wrong" in attempt(client, "both@example.org").content.decode()


def test_guesses_by_login_and_by_address_count_together(client: Client, student: User) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    for number in range(throttle.PASSWORD.by_one_address_for_one):
        attempt(client, ("anna", "anna@example.org")[number % 2], "no")
    assert "Too many attempts" in attempt(client, "anna@example.org").content.decode()


def test_guesses_of_others_do_not_lock_out_a_browser_that_has_signed_in_before(client: Client, student: User) -> None:
    attempt(client, "anna")
    client.post("/sign-out/")
    neighbour = Client(headers={"accept-language": "en"})
    for number in range(throttle.PASSWORD.by_one_address):
        attempt(neighbour, "anna" if number % 2 else f"login-{number}", "no")
    assert "Too many attempts" in attempt(neighbour, "anna").content.decode()
    assert attempt(client, "anna", "no").status_code == 422
    assert attempt(client, "anna").status_code == 302


def test_a_browser_that_is_known_may_not_guess_for_ever_nor_for_others(
    client: Client, student: User, other_student: User
) -> None:
    attempt(client, "anna")
    client.post("/sign-out/")
    for _ in range(throttle.PASSWORD.by_one_address_for_one):
        attempt(client, "boris", "no")
    assert "Too many attempts" in attempt(client, "boris", "no").content.decode()
    for _ in range(throttle.KNOWN.by_one_address_for_one):
        attempt(client, "anna", "no")
    assert "Too many attempts" in attempt(client, "anna").content.decode()


def test_nobody_makes_a_mark_themselves(client: Client, student: User) -> None:
    client.cookies[devices.COOKIE] = "anna " + "x" * 32
    for _ in range(throttle.PASSWORD.by_one_address_for_one):
        attempt(client, "anna", "no")
    assert "Too many attempts" in attempt(client, "anna").content.decode()


def test_whoever_asked_for_a_page_comes_to_it(client: Client, student: User) -> None:
    asked = client.get("/2023/grades/")
    assert asked["Location"] == "/sign-in/?next=/2023/grades/"
    assert attempt(client, "anna", next="/2023/grades/")["Location"] == "/2023/grades/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"])
def test_nobody_is_sent_elsewhere(client: Client, student: User, elsewhere: str) -> None:
    assert attempt(client, "anna", next=elsewhere)["Location"] == "/"


def test_wrong_login_and_wrong_password_look_the_same(client: Client, student: User) -> None:
    wrong_password = attempt(client, "anna", "no").content.decode().replace('value="anna"', "")
    wrong_login = attempt(client, "nobody", "no").content.decode().replace('value="nobody"', "")
    for page in (wrong_password, wrong_login):
        assert "The login or the password is wrong" in page
    strip = [line for line in wrong_password.splitlines() if "csrf" not in line]
    assert strip == [line for line in wrong_login.splitlines() if "csrf" not in line]


def test_guessing_is_slowed_down_and_the_right_password_waits_too(client: Client, student: User) -> None:
    for _ in range(throttle.PASSWORD.by_one_address_for_one):
        attempt(client, "anna", "no")
    assert "Too many attempts" in attempt(client, "anna").content.decode()


def test_one_blocked_login_leaves_the_classmates_alone(client: Client, student: User, other_student: User) -> None:
    for _ in range(throttle.PASSWORD.by_one_address_for_one):
        attempt(client, "anna", "no")
    assert attempt(client, "boris").status_code == 302


def test_success_forgets_the_failures(client: Client, student: User) -> None:
    for _ in range(throttle.PASSWORD.by_one_address_for_one - 1):
        attempt(client, "anna", "no")
    assert attempt(client, "anna").status_code == 302
    client.post("/sign-out/")
    assert attempt(client, "anna", "no").status_code == 422
    assert attempt(client, "anna").status_code == 302


def test_the_session_changes_at_the_door(client: Client, student: User) -> None:
    client.get("/sign-in/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    attempt(client, "anna")
    assert client.cookies["sessionid"].value != session.session_key


def test_signing_out_needs_a_post_and_ends_the_session(client: Client, student: User) -> None:
    attempt(client, "anna")
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/2023/").status_code == 302


def test_somebody_in_no_run_is_told_what_to_do(client: Client, run: Run) -> None:
    factories.person("guest")
    attempt(client, "guest")
    assert "Open the invitation link" in client.get("/").content.decode()


def test_a_form_of_an_ended_session_leads_back_to_its_page(client: Client, run: Run) -> None:
    page = "http://testserver/2023/submissions/7/?x=1"
    response = client.post("/2023/submissions/7/messages/", {"text": "Why?"}, headers={"referer": page})
    assert response["Location"] == "/sign-in/?unsent=1&next=/2023/submissions/7/%3Fx%3D1"
    assert "nothing was sent" in client.get(response["Location"]).content.decode()


def test_a_form_from_elsewhere_leads_nowhere_of_its_own(client: Client, run: Run) -> None:
    elsewhere = {"referer": "https://evil.example/2023/"}
    response = client.post("/2023/submissions/7/messages/", {"text": "Why?"}, headers=elsewhere)
    assert response["Location"] == "/sign-in/?unsent=1"


def test_a_part_of_a_page_moves_the_whole_of_it_and_back(client: Client, run: Run) -> None:
    here = {"HX-Request": "true", "referer": "http://testserver/2023/grades/"}
    assert client.get("/2023/grades/", headers=here)["HX-Redirect"] == "/sign-in/?next=/2023/grades/"


def test_an_attempt_is_counted_before_the_password_is_looked_at(
    client: Client, student: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise as many as come at the same moment would all be looked at."""
    seen = []
    monkeypatch.setattr(sign_in, "authenticate", lambda *a, **k: seen.append(CountedAttempt.objects.count()))
    attempt(client, "anna")
    assert seen == [1]


@pytest.mark.parametrize("following", ["foo", "?x", "#", "https://evil.example/", "//evil.example", "/\\evil.example"])
def test_only_a_page_of_ours_can_follow(client: Client, student: User, following: str) -> None:
    form = {"username": "anna", "password": factories.PASSWORD, "next": following}
    assert client.post("/sign-in/", form)["Location"] == "/"
    assert client.get("/sign-in/", {"next": following})["Location"] == "/"
    for address in ("/language/", "/theme/"):
        assert client.post(address, {"next": following})["Location"] == "/"
