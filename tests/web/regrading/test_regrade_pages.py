"""The instructors' pages of regrading, and what a student sees of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.web.browsing import Enter
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.regrading.conftest import FAILED, PASSED, Handed

from kafedra import grading
from kafedra.course import load_assignment
from kafedra.web.people.models import User
from kafedra.web.regrading import services
from kafedra.web.regrading.models import Regrade, RegradeStage
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

BOTH, HALF = {"a": PASSED, "b": PASSED}, {"a": PASSED, "b": FAILED}
Go = Callable[..., Regrade]


def test_begun_from_the_page_it_shows_how_far_it_is(
    run: Run, student: User, instructor: User, handed: Handed, signed_in: SignIn
) -> None:
    handed(student, HALF, BOTH)
    client = signed_in(instructor)
    page = client.post("/2023/regrades/", {"assignment": "activations"}, follow=True)
    assert "the tests are running" in text(page)
    assert "0 of 1 submission" in text(page)
    assert "every 1s" in page.content.decode()


def test_a_form_that_names_nothing_is_told_so(run: Run, instructor: User, signed_in: SignIn) -> None:
    page = signed_in(instructor).post("/2023/regrades/", {})
    assert page.status_code == 422
    assert not Regrade.objects.exists()


def test_it_shows_who_gains_and_why_and_is_applied_with_a_reason(
    student: User, instructor: User, handed: Handed, regrade: Go, signed_in: SignIn
) -> None:
    submission = handed(student, HALF, BOTH)
    row, client = regrade(), signed_in(instructor)
    words = text(client.get(f"/2023/regrades/{row.pk}/"))
    assert "1 student gains" in words
    assert "Анна Ахматова" in words
    assert "0.5 → 1" in words
    assert "b: failed → passed" in words
    address = f"/2023/regrades/{row.pk}/apply/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert "Applied." in text(client.post(address, {"reason": "test b was wrong"}, follow=True))
    theirs = text(signed_in(student).get(f"/2023/submissions/{submission.pk}/"))
    assert "Graded again by corrected tests" in theirs
    assert "test b was wrong" in theirs


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(300)
def test_why_points_change_is_read_on_a_phone(
    student: User, instructor: User, handed: Handed, regrade: Go, enter: Enter
) -> None:
    handed(student, HALF, BOTH)
    page = enter("osip", f"/2023/regrades/{regrade().pk}/", width=390)
    box = page.locator(".why-changed").bounding_box()
    assert box
    assert box["x"] + box["width"] <= 390
    assert box["width"] > 300, "a line of its own"


def test_undone_from_the_page(student: User, instructor: User, handed: Handed, regrade: Go, signed_in: SignIn) -> None:
    submission = handed(student, HALF, BOTH)
    row = services.apply(regrade=regrade(), by=instructor, reason="b was wrong")
    client = signed_in(instructor)
    assert "Undone:" in text(client.post(f"/2023/regrades/{row.pk}/undo/", follow=True))
    assert "Graded again" not in text(signed_in(student).get(f"/2023/submissions/{submission.pk}/"))
    assert "at another stage" in text(client.post(f"/2023/regrades/{row.pk}/undo/", follow=True))


def test_discarded_from_the_page(
    student: User, instructor: User, handed: Handed, regrade: Go, signed_in: SignIn
) -> None:
    handed(student, HALF, BOTH)
    row = regrade()
    assert "Discarded" in text(signed_in(instructor).post(f"/2023/regrades/{row.pk}/discard/", follow=True))
    row.refresh_from_db()
    assert row.stage == RegradeStage.DISCARDED


def test_a_flaky_test_is_named(student: User, instructor: User, handed: Handed, regrade: Go, signed_in: SignIn) -> None:
    handed(student, BOTH, HALF, other=BOTH)
    words = text(signed_in(instructor).get(f"/2023/regrades/{regrade().pk}/"))
    assert "test_b.py::test_b on 1 submission" in words
    assert "by the seed only: not applied" in words


def test_there_is_nothing_to_grade_again(run: Run, instructor: User, regrade: Go, signed_in: SignIn) -> None:
    assert "nobody has a verdict yet" in text(signed_in(instructor).get(f"/2023/regrades/{regrade().pk}/"))


def test_where_nothing_changed_it_can_only_be_closed(
    student: User, instructor: User, handed: Handed, regrade: Go, signed_in: SignIn
) -> None:
    submission = handed(student, HALF, HALF)
    digest = grading.tests_digest(load_assignment(course.current().assignments["activations"].root))
    submission.reports.update(tests_digest=digest)
    row = regrade()
    page = signed_in(instructor).get(f"/2023/regrades/{row.pk}/")
    assert "Neither the tests nor the result of the 1 submission have changed" in text(page)
    assert f"Tests {digest[:8]} , unchanged" in text(page)
    assert text(page).endswith("Close")
    assert "apply/" not in page.content.decode()


def test_new_tests_with_the_same_results_can_be_applied(
    student: User, instructor: User, handed: Handed, regrade: Go, signed_in: SignIn
) -> None:
    handed(student, HALF, HALF)
    page = signed_in(instructor).get(f"/2023/regrades/{regrade().pk}/")
    assert "apply/" in page.content.decode()


def test_begun_twice_it_leads_to_the_open_one(
    run: Run, student: User, instructor: User, handed: Handed, signed_in: SignIn
) -> None:
    handed(student, HALF, BOTH)
    client = signed_in(instructor)
    first = client.post("/2023/regrades/", {"assignment": "activations"})
    second = client.post("/2023/regrades/", {"assignment": "activations"}, follow=True)
    assert second.redirect_chain[-1][0] == first["Location"]
    assert "This regrade is open already" in text(second)
    assert Regrade.objects.count() == 1
