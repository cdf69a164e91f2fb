"""A run counts an assignment for more points than its tests add up to, for fewer, or for none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.course import Homework
from kafedra.web.people.models import User
from kafedra.web.pushes.answer.facts import facts_of
from kafedra.web.pushes.answer.text import verdict
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.comparison import compare
from kafedra.web.standings.facts import facts
from kafedra.web.standings.selectors import standing_for

Count = Callable[[str], None]


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Iterator[Count]:
    """`count(points)`: the files of the run say that `activations`, whose tests add up to 1, counts for so much."""

    def said(points: str) -> None:
        files = course.written()
        homework = tuple(_counted(each, Decimal(points)) for each in files.runs["2023"].homework)
        runs = {**files.runs, "2023": replace(files.runs["2023"], homework=homework)}
        monkeypatch.setattr(course, "written", lambda: replace(files, runs=runs))
        terms.hold({})

    yield said
    monkeypatch.undo()
    terms.hold({})


def _counted(homework: Homework, points: Decimal) -> Homework:
    works = [
        replace(work, points=points, judge_points=Decimal(1)) if work.slug == "activations" else work
        for work in homework.assignments
    ]
    return replace(homework, assignments=tuple(works))


def test_its_points_count_by_the_scale_of_the_run(run: Run, student: User, signed_in: SignIn, count: Count) -> None:
    count("2.5")
    submission = factories.graded(factories.repository(student, run), "0.6")
    mine = standing_for(student, run)
    assert (mine.line("activations").points, mine.standing.homework, mine.standing.counted_max) == (
        Decimal("1.5"),
        Decimal("1.5"),
        Decimal("15.5"),
    )
    page = text(signed_in(student).get(f"/2023/submissions/{submission.pk}/"))
    assert "1 test of 2 passed 0.6 the tests add up to 1, this run counts them as 2.5 × 2.5" in page
    words = verdict(facts_of(submission.pk))
    assert "0.6 × 2.5 = 1.5" in words
    assert "this submission, 1.5 of 2.5" in words


def test_no_points_make_it_practice(run: Run, student: User, signed_in: SignIn, count: Count) -> None:
    count("0")
    repository = factories.repository(student, run)
    factories.graded(repository, "1")
    newest = factories.graded(repository, "0.5", factories.NOW)
    mine = standing_for(student, run)
    line = mine.line("activations")
    assert (mine.standing.homework, mine.standing.counted_max, line.points) == (0, 13, 0)
    assert line.full  # by its tests, and by the submission that passes them all
    assert line.counted is not None
    assert line.counted.id != newest.pk
    page = text(signed_in(student).get("/2023/assignments/activations/"))
    assert "for practice" in page
    assert "0 of 0" not in page
    assert "loses" not in page  # there is nothing to lose
    assert "for practice: this run gives no points for it" in verdict(facts_of(newest.pk))
    with translation.override("ru"):
        assert "для практики: в этом прогоне баллов за него нет" in " ".join(verdict(facts_of(newest.pk)).split())


def test_other_points_are_terms_that_move_students(
    run: Run, student: User, other_student: User, count: Count, client: Client
) -> None:
    for who, points in ((student, "0.8"), (other_student, "0")):
        factories.graded(factories.repository(who, run), points)
    before = terms.written("2023")
    count("4")
    after = terms.written("2023")
    fields = {(one.field, one.before, one.after) for one in terms.differences(before, after)}
    assert fields == {("max_points", Decimal(1), Decimal(4))}
    known = facts(run)
    found = compare([student, other_student], (before, known), (after, known))
    assert [(shift.before.homework, shift.after.homework) for shift in found.shifts] == [
        (Decimal("0.8"), Decimal("3.2"))
    ]
    assert found.unmoved == 1
