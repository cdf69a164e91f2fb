"""The author's solution: never before its date, then only after the question, and what opening it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.executor.interface import Stage
from kafedra.web.people.models import Role, User
from kafedra.web.pushes.answer import outcome
from kafedra.web.record.models import Entry
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.solutions import verbs
from kafedra.web.standings.selectors import standing_for

ASSIGNMENT = "/2023/assignments/activations/"
SOLUTION = f"{ASSIGNMENT}solution/"
NOTEBOOK = f"{SOLUTION}notebook/"
DATE = datetime.fromisoformat("2023-02-02T23:59:59+03:00")  # three days after the deadline: the penalty grows no more


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


@pytest.fixture
def at_its_date() -> Iterator[None]:
    with clock.shifted(DATE - factories.NOW + timedelta(seconds=5)):
        yield


def answer_line() -> str:
    """A line that only the solution has: the longest one between the author's marks."""
    source = course.current().assignments["activations"].notebook_source.read_text(encoding="utf-8")
    answer = source.split("# BEGIN SOLUTION")[1].split("# END SOLUTION")[0]
    return max((line.strip() for line in answer.splitlines() if "STUB" not in line), key=len)


def shows_it(client: Client, address: str = SOLUTION) -> bool:
    """Whether the answer is visible there; colouring puts spaces between the parts of a line."""
    return "".join(answer_line().split()) in "".join(text(client.get(address)).split())


def test_before_its_date_it_is_nowhere_for_students(page: Client, other_student: User, signed_in: SignIn) -> None:
    with clock.shifted(DATE - factories.NOW - timedelta(minutes=1)):
        for client in (page, signed_in(other_student)):
            for answer in (client.get(SOLUTION), client.post(SOLUTION), client.get(NOTEBOOK)):
                assert answer.status_code == 404
            assert not shows_it(client, ASSIGNMENT)
            assert SOLUTION not in client.get(ASSIGNMENT).content.decode()
        assert "It can be opened from 2 February, 23:59 on." in text(page.get(ASSIGNMENT))


def test_staff_see_it_always_and_open_nothing(assistant: User, instructor: User, signed_in: SignIn) -> None:
    for person in (assistant, instructor):
        client = signed_in(person)
        assert shows_it(client)
        assert "Students may open it from 2 February, 23:59 on." in text(client.get(SOLUTION))
        assert client.post(SOLUTION).status_code == 302
        assert SOLUTION in client.get(ASSIGNMENT).content.decode()
    assert not Entry.objects.filter(verb=verbs.SOLUTION_OPENED).exists()


@pytest.mark.usefixtures("at_its_date")
def test_after_its_date_a_student_is_asked_first(page: Client, student: User) -> None:
    asked = text(page.get(SOLUTION))
    assert "You have handed in nothing that counts. A faultless submission would now be worth 0.7." in asked
    assert not shows_it(page)
    assert page.get(NOTEBOOK)["Location"] == SOLUTION
    assert page.post(SOLUTION)["Location"] == SOLUTION
    assert shows_it(page)
    assert "what you push since then doesn't count" in text(page.get(SOLUTION))
    page.post(SOLUTION)
    assert Entry.objects.get(verb=verbs.SOLUTION_OPENED).concerns == student


@pytest.mark.usefixtures("at_its_date")
def test_after_its_date_it_is_for_members_of_the_run_only(run: Run, client: Client, signed_in: SignIn) -> None:
    elsewhere = factories.person(run=Run.objects.create(slug="2022"), role=Role.INSTRUCTOR)
    for address in (SOLUTION, NOTEBOOK):
        assert client.get(address)["Location"].startswith("/sign-in/")
        assert signed_in(elsewhere).get(address).status_code == 404


@pytest.mark.usefixtures("at_its_date")
def test_what_one_has_opened_others_have_not(page: Client, other_student: User, signed_in: SignIn) -> None:
    page.post(SOLUTION)
    assert not shows_it(signed_in(other_student))


@pytest.mark.usefixtures("at_its_date")
def test_the_file_is_a_notebook_with_its_pictures_inside(page: Client) -> None:
    page.post(SOLUTION)
    answer = page.get(NOTEBOOK)
    assert answer["Content-Disposition"] == 'attachment; filename="activations-solution.ipynb"'
    notebook = json.loads(answer.content)
    source = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    assert answer_line() in source
    assert "END SOLUTION" not in source
    attached = [name for cell in notebook["cells"] for name in cell.get("attachments", ())]
    assert attached
    assert all(f"](attachment:{name})" in source for name in attached)


def test_what_is_pushed_after_opening_is_graded_and_does_not_count(page: Client, run: Run, student: User) -> None:
    before = factories.graded(factories.repository(student, run), "0.5")
    with clock.shifted(timedelta(days=3)):
        page.post(SOLUTION)
        after = factories.graded(before.repository, "1", clock.now() + timedelta(minutes=1))
        in_the_queue_then = factories.graded(before.repository, "0.9", factories.NOW)
        assert "after the solution: doesn't count" in text(page.get(ASSIGNMENT))
        words = text(page.get(f"/2023/submissions/{after.pk}/"))
        assert "It was pushed after the solution had been opened, and doesn't count." in words
        assert "Another one counts: 0.72" in words
        assert "This submission counts." in text(page.get(f"/2023/submissions/{in_the_queue_then.pk}/"))
        with translation.override("en"):
            terminal = " ".join(outcome(after.pk, Stage.GRADED, refuses=False).split())
        assert "this submission is graded, but doesn't count" in terminal
        assert "O hw = 0.72" in text(page.get("/2023/grades/"))


def test_what_does_not_count_waits_for_no_reviewer(
    page: Client, run: Run, student: User, assistant: User, signed_in: SignIn
) -> None:
    with clock.shifted(timedelta(days=3)):
        page.post(SOLUTION)
        factories.graded(factories.repository(student, run), "1", clock.now() + timedelta(minutes=1))
        assert "Nothing waits" in text(signed_in(assistant).get("/2023/reviews/?scope=all"))


def test_points_set_by_hand_bring_such_a_submission_back(
    page: Client, run: Run, student: User, instructor: User
) -> None:
    with clock.shifted(timedelta(days=3)):
        page.post(SOLUTION)
        after = factories.graded(factories.repository(student, run), "1", clock.now() + timedelta(minutes=1))
        by_hand = {"assignment": "activations", "submission": after, "reason": "viva", "by": instructor}
        adjustments.set_points(run=run, student=student, points=Decimal("0.6"), **by_hand)
        assert "This submission counts." in text(page.get(f"/2023/submissions/{after.pk}/"))


def test_a_later_deadline_of_ones_own_moves_the_date(
    page: Client, run: Run, student: User, other_student: User, instructor: User, signed_in: SignIn
) -> None:
    grant = adjustments.Grant(("activations",), None, 4, "flu")
    adjustments.extend(run=run, students=[student], grant=grant, by=instructor)
    with clock.shifted(timedelta(days=3)):
        assert page.get(SOLUTION).status_code == 404
        assert "It can be opened from 6 February, 23:59 on." in text(page.get(ASSIGNMENT))
        assert signed_in(other_student).get(SOLUTION).status_code == 200
    with clock.shifted(timedelta(days=6)):
        assert page.get(SOLUTION).status_code == 200


def test_what_is_opened_stays_open_when_the_deadline_is_moved_afterwards(
    page: Client, run: Run, student: User, instructor: User
) -> None:
    with clock.shifted(timedelta(days=3)):
        page.post(SOLUTION)
        grant = adjustments.Grant(("activations",), None, 30, "flu")
        adjustments.extend(run=run, students=[student], grant=grant, by=instructor)
        assert shows_it(page)


def test_a_run_may_never_show_solutions(
    page: Client, assistant: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = course.current()
    facts = known.runs["2023"]
    closed = replace(facts, homework=tuple(replace(one, solutions=None) for one in facts.homework))
    monkeypatch.setattr(course, "current", lambda: replace(known, runs={"2023": closed}))
    with clock.shifted(timedelta(days=300)):
        assert page.get(SOLUTION).status_code == 404
        assert "Solution" not in text(page.get(ASSIGNMENT)).split("Submissions")[0]
        assert "Students never see it: the run gives no date." in text(signed_in(assistant).get(SOLUTION))


def test_what_there_is_not_has_none(page: Client, instructor: User, signed_in: SignIn) -> None:
    with clock.shifted(timedelta(days=300)):
        for client in (page, signed_in(instructor)):
            assert client.get("/2023/assignments/no-such/solution/").status_code == 404


def test_the_way_to_the_automat_leaves_out_what_can_no_longer_be_earned(page: Client, run: Run, student: User) -> None:
    with clock.shifted(timedelta(days=3)):
        before = standing_for(student, run).reachable
        page.post(SOLUTION)
        assert before - standing_for(student, run).reachable == Decimal("0.7")
