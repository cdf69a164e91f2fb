"""What is on its way to a verdict: the staff's page, the button that grades once more, what a student is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.executor import capacity
from kafedra.web.executor.forecast import forecast, typical_seconds
from kafedra.web.executor.interface import Trouble
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import State
from kafedra.web.submissions.services import verdicts

HTMX = {"HX-Request": "true"}
PAGE = "/2023/grading/"


def test_what_runs_what_waits_and_what_failed(
    run: Run, student: User, other_student: User, assistant: User, signed_in: SignIn
) -> None:
    mine, theirs = factories.repository(student, run), factories.repository(other_student, run)
    running, failed = factories.pushed(mine), factories.pushed(theirs)
    verdicts.start_grading(submission=running)
    verdicts.start_grading(submission=failed)
    verdicts.store_fault(submission=failed, fault="UnusableAssignment: tests/test_forward.py does not import")
    waiting = factories.pushed(theirs, at=factories.NOW)
    words = text(signed_in(assistant).get(PAGE))
    assert f"Борис Пастернак , Activation functions {failed.short_commit}" in words
    assert "tests/test_forward.py does not import" in words
    assert f"Анна Ахматова, Activation functions {running.short_commit} for 0 seconds" in words
    assert "1 Борис Пастернак Activation functions" in words
    verdicts.start_grading(submission=waiting)
    assert "Nobody waits." in text(signed_in(assistant).get(PAGE))


def test_it_moves_by_itself_and_is_left_alone_while_nothing_happens(
    run: Run, student: User, assistant: User, signed_in: SignIn
) -> None:
    factories.pushed(factories.repository(student, run))
    client = signed_in(assistant)
    seen = client.get(PAGE).content.decode().split("?seen=")[1].split('"')[0]
    assert client.get(PAGE, {"seen": seen}, headers=HTMX).status_code == 204
    verdicts.start_grading(submission=student.repositories.get().submissions.get())
    assert client.get(PAGE, {"seen": seen}, headers=HTMX).status_code == 200


def test_a_failed_one_is_graded_again_with_a_click(run: Run, student: User, assistant: User, signed_in: SignIn) -> None:
    failed = factories.pushed(factories.repository(student, run))
    verdicts.start_grading(submission=failed)
    verdicts.store_fault(submission=failed, fault="the disk was full")
    page = signed_in(assistant).post(f"/2023/submissions/{failed.pk}/grade-again/", follow=True)
    assert "It is in the queue" in text(page)
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.fresh) == (State.WAITING, 0, True)
    assert "on its way already" in text(
        signed_in(assistant).post(page.request["PATH_INFO"] + "grade-again/", follow=True)
    )


def test_students_have_no_such_button(run: Run, student: User, signed_in: SignIn) -> None:
    graded = factories.graded(factories.repository(student, run))
    assert "Grade again" not in text(signed_in(student).get(f"/2023/submissions/{graded.pk}/"))


def test_a_reused_verdict_says_so_on_its_page(run: Run, student: User, signed_in: SignIn) -> None:
    repository = factories.repository(student, run)
    first, again = factories.graded(repository), factories.pushed(repository, at=factories.NOW)
    verdicts.start_grading(submission=again)
    verdicts.store_report(
        submission=again,
        report=factories.verdict("1"),
        grading_time=timedelta(seconds=0.02),
        taken_from=first.reports.get(),
    )
    words = text(signed_in(student).get(f"/2023/submissions/{again.pk}/"))
    assert f"The code is the same as in {first.short_commit}" in words


def test_the_wait_follows_from_recent_runs_and_the_workers(
    run: Run, student: User, other_student: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capacity, "workers", lambda *, needs_gpu: 1)
    monkeypatch.setattr("kafedra.web.executor.forecast.workers", lambda *, needs_gpu: 1)
    graded = factories.graded(factories.repository(other_student, run))
    graded.reports.update(seconds=10.0)
    assert typical_seconds(["activations", "cv"]) == {"activations": 10.0, "cv": 2.0}
    mine = factories.repository(student, run)
    before = [factories.pushed(other_student.repositories.get(), at=factories.NOW) for _ in range(1)]
    last = factories.pushed(mine, at=factories.NOW + timedelta(seconds=1))
    found = forecast(last)
    assert (found.ahead, found.seconds) == (len(before), 20.0), "one before it, and itself"


def test_twenty_pushes_of_another_are_not_ahead(run: Run, student: User, other_student: User) -> None:
    theirs = factories.repository(other_student, run)
    for minute in range(20):
        factories.pushed(theirs, at=factories.NOW + timedelta(minutes=minute))
    mine = factories.pushed(factories.repository(student, run), at=factories.NOW + timedelta(hours=1))
    assert forecast(mine).ahead == 1


def test_the_assignments_page_tells_the_place_and_the_wait(
    run: Run, student: User, other_student: User, signed_in: SignIn
) -> None:
    factories.pushed(factories.repository(other_student, run))
    factories.pushed(factories.repository(student, run), at=factories.NOW)
    words = text(signed_in(student).get("/2023/assignments/activations/"))
    assert "1 submission is ahead in the queue. The verdict is expected in about 5 seconds." in words


def test_what_needs_a_gpu_says_that_it_waits_for_one(
    run: Run, student: User, assistant: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "needs_gpu", lambda slug: slug == "activations")
    waiting = factories.pushed(factories.repository(student, run))
    for page in (f"/2023/submissions/{waiting.pk}/", "/2023/assignments/activations/"):
        assert "The tests need a machine with a GPU" in text(signed_in(student).get(page))
    assert "waits for a GPU" in text(signed_in(assistant).get(PAGE))


def test_staff_see_a_grader_that_does_not_work(run: Run, assistant: User, student: User, signed_in: SignIn) -> None:
    class OneOfTwo:
        troubles = (Trouble("grader 2", ("the judge is not ready after 120 s",), 16.2),)

        def capacity(self, *, gpu: bool) -> int:
            return 0 if gpu else 2

    at_work = OneOfTwo()
    capacity.announce(at_work)
    try:
        words = text(signed_in(assistant).get(PAGE))
    finally:
        capacity.withdraw(at_work)
    assert "grader 2 is tried again in 16 seconds the judge is not ready after 120 s" in words
    assert "is tried again" not in text(signed_in(assistant).get(PAGE))
