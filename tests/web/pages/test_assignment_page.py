"""An assignment's page: the statement, Accept, the submissions, and the part that moves by itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews import works

from kafedra.web import clock
from kafedra.web.people import services as people
from kafedra.web.people.models import AccessToken, User
from kafedra.web.runs.models import Run
from kafedra.web.solutions.services import open_solution
from kafedra.web.submissions.models import Repository
from kafedra.web.submissions.services import verdicts

ADDRESS = "/2023/assignments/activations/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making the repository on disk is the git side's business, and tested there."""
    from kafedra.web.submissions import storage

    monkeypatch.setattr(storage, "create_repository", lambda repository, assignment: "0" * 40)


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


def test_the_statement_is_on_the_page(page: Client) -> None:
    response = page.get(ADDRESS)
    assert "MyReLU" in response.content.decode()
    assert "<math" in response.content.decode()
    assert "Activation functions 1 point · issued on 23 January · deadline 30 January, 23:59" in text(response)


def test_the_topics_where_it_is_explained_are_one_click_away(page: Client) -> None:
    response = page.get(ADDRESS)
    assert 'href="/2023/topics/training-loop/"' in response.content.decode()
    assert "Topic 2 : Activation functions. Weight initialisation. Losses and the training loop" in text(response)


def test_accepting_gives_a_repository_and_a_token_once(page: Client, student: User) -> None:
    first = page.post(ADDRESS, headers=HTMX).content.decode()
    (token,) = set(re.findall(r"kaf_[A-Za-z0-9]{32}", first))
    assert f"git clone http://anna:{token}@127.0.0.1:8000/git/2023/activations/anna.git activations" in first
    with clock.shifted(timedelta(minutes=11)):
        second = page.post(ADDRESS).content.decode()
    assert "kaf_" not in second
    assert "git clone http://anna@127.0.0.1:8000/git/2023/activations/anna.git activations" in second
    assert Repository.objects.get().path == "2023/activations/anna.git"
    assert AccessToken.objects.filter(user=student).count() == 1


def tokens(response: HttpResponse) -> set[str]:
    return set(re.findall(r"kaf_[A-Za-z0-9]{32}", response.content.decode()))


def test_a_second_click_brings_a_token_in_place_of_the_one_nobody_saw(page: Client, student: User) -> None:
    (lost,), (shown,) = tokens(page.post(ADDRESS)), tokens(page.post(ADDRESS))
    assert people.authenticate_token("anna", lost) is None
    assert people.authenticate_token("anna", shown) == student


def test_a_token_in_use_stays(page: Client, student: User) -> None:
    (token,) = tokens(page.post(ADDRESS))
    people.authenticate_token("anna", token)
    assert tokens(page.post(ADDRESS)) == set()
    assert people.authenticate_token("anna", token) == student


def test_the_next_assignment_leaves_the_token_of_the_first_alone(page: Client, student: User) -> None:
    (token,) = tokens(page.post(ADDRESS))
    assert tokens(page.post("/2023/assignments/weight-init/", headers=HTMX)) == set()
    assert people.authenticate_token("anna", token) == student


def test_what_is_not_issued_cannot_be_accepted(page: Client) -> None:
    with clock.shifted(timedelta(days=-20)):
        assert "MyReLU" not in page.get(ADDRESS).content.decode()
        assert page.post(ADDRESS).status_code == 409
    assert not Repository.objects.exists()


def test_staff_see_the_statement_before_its_date(instructor: User, signed_in: SignIn) -> None:
    with clock.shifted(timedelta(days=-20)):
        assert "MyReLU" in signed_in(instructor).get(ADDRESS).content.decode()


def test_staff_see_how_it_goes(
    run: Run, student: User, other_student: User, assistant: User, signed_in: SignIn
) -> None:
    factories.pushed(factories.repository(student, run))
    factories.repository(other_student, run)
    page = text(signed_in(assistant).get(ADDRESS))
    assert "Accepted by 2 of 2 students, pushed by 1. 1 submission waits for its verdict." in page


def test_every_submission_is_listed_and_the_best_counts(page: Client, run: Run, student: User) -> None:
    repository = factories.repository(student, run)
    factories.graded(repository, "0.9", factories.IN_TIME)
    factories.graded(repository, "1", factories.NOW - timedelta(days=1))
    words = text(page.get(ADDRESS))
    assert "0.9 of 1" in words
    assert re.search(
        r"31 January, 15:00 0\.9 \w{7} · tests 1/1 · late, −10 % 25 January, 20:30 0\.9 \w{7} · tests 1/2 · counts",
        words,
    )


def test_nothing_new_is_answered_with_nothing(page: Client, run: Run, student: User) -> None:
    submission = factories.pushed(factories.repository(student, run))
    seen = page.get(ADDRESS).context["version"]
    assert page.get(ADDRESS, {"seen": seen}, headers=HTMX).status_code == 204
    verdicts.start_grading(submission=submission)
    fragment = page.get(ADDRESS, {"seen": seen}, headers=HTMX).content.decode()
    assert "being graded" in fragment
    assert "every 1s" in fragment
    assert "<html" not in fragment


def test_when_the_verdict_is_there_asking_stops(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "1")
    assert "every 1s" not in page.get(ADDRESS, {"seen": "before"}, headers=HTMX).content.decode()


def test_an_ended_session_moves_the_whole_page_to_the_door(client: Client, run: Run) -> None:
    response = client.get(ADDRESS, {"seen": ""}, headers=HTMX)
    assert response["HX-Redirect"] == "/sign-in/"


def test_an_unknown_assignment_is_not_found(page: Client) -> None:
    assert page.get("/2023/assignments/alchemy/").status_code == 404


def test_asking_goes_on_while_an_older_submission_is_graded(page: Client, run: Run, student: User) -> None:
    repository = factories.repository(student, run)
    older = factories.pushed(repository)
    verdicts.start_grading(submission=older)
    factories.graded(repository, "0.5", factories.IN_TIME + timedelta(minutes=1))
    before = page.get(ADDRESS)
    assert "every 1s" in before.content.decode()
    verdicts.store_report(submission=older, report=factories.verdict("1"), grading_time=timedelta(seconds=1))
    after = page.get(ADDRESS, {"seen": before.context["version"]}, headers=HTMX).content.decode()
    assert "every 1s" not in after


def test_where_nothing_can_be_gained_the_page_says_so(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "0.85")
    words = text(page.get(ADDRESS))
    assert "a submission now loses 20 % and would bring 0.8 at most, no more than you have." in words


def test_while_a_verdict_is_awaited_nobody_is_hurried(page: Client, run: Run, student: User) -> None:
    factories.pushed(factories.repository(student, run))
    words = text(page.get(ADDRESS))
    assert "Waiting costs nothing: only the time of the push and of grading counts." in words
    assert "a submission now loses" not in words


def test_after_a_failure_of_ours_nobody_is_hurried(page: Client, run: Run, student: User) -> None:
    failed = factories.pushed(factories.repository(student, run))
    verdicts.start_grading(submission=failed)
    verdicts.store_fault(submission=failed, fault="the disk was full")
    words = text(page.get(ADDRESS))
    assert "The failure is ours, not yours: no points are lost, and pushing again is not needed." in words
    assert "a submission now loses" not in words
    assert "the disk was full" not in words


def test_submissions_are_known_again_by_their_message_and_tests(page: Client, run: Run, student: User) -> None:
    works.handed_in(works.work(student, run), points="0.5")
    words = text(page.get(ADDRESS, headers=HTMX))
    assert "The latest verdict: 1 test of 2 passed." in words
    assert re.search(r"25 January, 20:30 0\.5 Work \w{7} · tests 1/2 · counts", words)


def test_after_the_solution_nobody_is_asked_to_solve(page: Client, run: Run, student: User) -> None:
    factories.repository(student, run)
    assert "Solve, commit, and push" in text(page.get(ADDRESS, headers=HTMX))
    open_solution(student=student, run=run, assignment="activations")
    words = text(page.get(ADDRESS, headers=HTMX))
    assert "Solve, commit, and push" not in words
    assert "what you push now is graded but doesn't count" in words
