"""Apps add facts that move points, such as parts of the grade. A missing one stops the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from tests.web import factories
from tests.web.reading import text

from kafedra.web.people.models import User
from kafedra.web.people.students import students_of
from kafedra.web.runs import terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.facts import facts
from kafedra.web.standings.selectors import of_students, standing, standing_for
from kafedra.web.standings.sources import SOURCES, Contribution, Sources
from kafedra.web.standings.values import Zeroed

CASE = Zeroed(7, "copied")


@pytest.fixture
def told() -> Iterator[Callable[..., None]]:
    """`told(components=…)`: an app says so."""

    def say(**given: object) -> None:
        fills, components = [name for name in given if name != "components"], ["exam"] if "components" in given else []
        SOURCES.add("case", lambda _run, _students: Contribution(**given), fills=fills, components=components)  # type: ignore[arg-type]  # its fields

    yield say
    SOURCES.remove("case")


@pytest.fixture
def handed_in(student: User, run: Run) -> None:
    for slug, points in (("activations", "0.8"), ("cv", "1")):
        factories.graded(factories.repository(student, run, slug), points)


def test_an_exam_is_part_of_the_grade(handed_in: None, told: Callable[..., None], student: User, run: Run) -> None:
    before = standing_for(student, run).standing
    told(components={(student.pk, "exam"): Decimal(7)})
    after = standing_for(student, run).standing
    assert (before.grade.components["exam"], before.total) == (None, None)
    assert (after.grade.components["exam"], after.homework) == (7, before.homework)
    assert after.total == Fraction(7, 10) * after.homework + Fraction(3, 10) * 7
    everybody = of_students(run, students_of(run))
    assert [row.standing for row in everybody] == [after]
    assert standing(student, terms.in_force("2023"), facts(run)) == after


def test_what_if_begins_with_the_mark_there_is(
    handed_in: None, told: Callable[..., None], student: User, run: Run, signed_in: Callable[[User], Client]
) -> None:
    told(components={(student.pk, "exam"): Decimal(7)})
    total = standing_for(student, run).standing.total
    assert total is not None
    assert f"{float(total):.2f}".rstrip("0") in text(signed_in(student).get("/2023/grades/"))


def test_one_thing_has_one_source() -> None:
    sources = Sources("facts")
    sources.add("exams", lambda _run, _students: Contribution(), components=["exam"])
    sources.add("cases", lambda _run, _students: Contribution(), fills=["zeroed"])
    with pytest.raises(ImproperlyConfigured, match="exam from exams and from blitz"):
        sources.add("blitz", lambda _run, _students: Contribution(), components=["exam"])
    with pytest.raises(ImproperlyConfigured, match="zeroed from cases and from mercy"):
        sources.add("mercy", lambda _run, _students: Contribution(), fills=["zeroed"])
    with pytest.raises(ImproperlyConfigured, match="attendance, which no standing has"):
        sources.add("attendance", lambda _run, _students: Contribution(), fills=["attendance"])
    with pytest.raises(ImproperlyConfigured, match="answers twice"):
        sources.add("cases", lambda _run, _students: Contribution())


def test_what_nobody_claims_in_a_run_comes_from_the_one_that_gives_the_rest(run: Run, student: User) -> None:
    by_hand = {(student.pk, name): Decimal(mark) for name, mark in (("exam", 3), ("attendance", 4), ("blitz_1", 5))}
    sources, held = Sources("facts"), list[str]()
    sources.add("blitz", lambda _run, _students: Contribution(), components=["blitz"])
    sources.add("marks", lambda _run, _students: Contribution(components=by_hand), rest=True)
    exam = Contribution(components={(student.pk, "exam"): Decimal(9), (student.pk, "attendance"): Decimal(0)})
    sources.add("exams", lambda _run, _students: exam, claims=lambda _run: held)
    assert sources.gathered(run).components == {(student.pk, "exam"): 3, (student.pk, "attendance"): 4}
    held.append("exam")
    assert sources.gathered(run).components == {(student.pk, "exam"): 9, (student.pk, "attendance"): 4}
    assert (sources.taken(run, "exam"), sources.taken(run, "attendance")) == (True, False)
    with pytest.raises(ImproperlyConfigured, match="the rest from marks and from more"):
        sources.add("more", lambda _run, _students: Contribution(), rest=True)


def test_what_nobody_may_say_is_not_heard(run: Run, student: User) -> None:
    sources = Sources("facts")
    opened = {(student.pk, "activations"): factories.NOW}
    sources.add(
        "cases", lambda _run, _students: Contribution(zeroed={student.pk: CASE}, opened=opened), fills=["zeroed"]
    )
    assert sources.gathered(run) == Contribution(zeroed={student.pk: CASE}, components={})


def test_without_a_source_of_points_the_server_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_checks() == []
    monkeypatch.delitem(SOURCES._fills, "reviews")
    assert [(one.id, "taken_off" in one.msg) for one in run_checks()] == [("standings.E001", True)]
