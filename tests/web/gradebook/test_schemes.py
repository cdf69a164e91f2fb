"""Pages under schemes other than that of 2023: no exam, no automat, per cent, letters; the formula in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.course import Localized
from kafedra.policy.scheme import Automat, Formula, Letter, Marked
from kafedra.web.people.models import User
from kafedra.web.pushes.answer.facts import facts_of
from kafedra.web.pushes.answer.text import verdict
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.comparison import compare
from kafedra.web.standings.facts import facts

Use = Callable[..., None]
HALF = Formula("O_hw", parts=(("O_hw", "min(10, 10/20 * sum(all))"),))


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Use]:
    """`use(formula, **titles)`: the files of the run say so."""

    def said(formula: Formula, **titles: str) -> None:
        files = course.written()
        named = {name: Localized.same(title) for name, title in titles.items()}
        run = replace(files.runs["2023"], formula=formula, mark_titles=named)
        monkeypatch.setattr(course, "written", lambda: replace(files, runs={**files.runs, "2023": run}))
        terms.hold({})

    yield said
    monkeypatch.undo()
    terms.hold({})


def test_without_exam_and_automat_no_page_has_a_word_of_them(
    run: Run, student: User, instructor: User, signed_in: SignIn, use: Use
) -> None:
    use(HALF)
    submission = factories.graded(factories.repository(student, run), "1")
    mine, staff = signed_in(student), signed_in(instructor)
    pages = [mine.get(path) for path in ("/2023/", "/2023/grades/", f"/2023/submissions/{submission.pk}/")]
    pages += [staff.get(path) for path in ("/2023/gradebook/", "/2023/terms/", "/2023/gradebook/export.csv")]
    for page in pages:
        words = text(page).lower()
        assert "automat" not in words
        assert "exam" not in words.replace("example", "")
    words = text(pages[1])
    assert "The grade today is 0.5, which is 1 in the record book." in words
    assert "O hw = the least of (10; 10/20 · sum (homework with bonuses))" in words
    assert "O hw = 0.5" in verdict(facts_of(submission.pk)) or "O_hw = 0.5" in verdict(facts_of(submission.pk))
    assert "automat" not in verdict(facts_of(submission.pk))


def test_every_mark_can_be_imagined(run: Run, student: User, signed_in: SignIn, use: Use) -> None:
    use(
        Formula(
            "0.5 * scale(O_hw, 10) + 0.3 * oral + 0.2 * scale(lab, 10)",
            marks=(Marked("oral"), Marked("lab", Decimal(100), "percent")),
            letters=(Letter(Decimal(3), "B"), Letter(Decimal(0), "C")),
        ),
        oral="Viva", lab="Laboratory",
    )  # fmt: skip
    words = text(signed_in(student).get("/2023/grades/", {"oral": "8", "lab": "50"}))
    assert "Viva" in words
    assert (
        "O total = 0.5 · (0 out of 10) + 0.3 · 8 + 0.2 · (50 % out of 10) = 3.4 3 in the record book, B"
        in words.replace("\u202f", " ")
    )
    refused = text(signed_in(student).get("/2023/grades/", {"lab": "101"}))
    assert "The mark is 100 at most." in refused


def test_another_formula_shows_who_gains_by_the_grade(run: Run, student: User, other_student: User, use: Use) -> None:
    for who, points in ((student, "1"), (other_student, "0")):
        factories.graded(factories.repository(who, run), points)
    before = replace(terms.written("2023"), formula=HALF)
    use(Formula("O_hw", automat=Automat("O_hw >= 0.9", "10")))
    known, after = facts(run), terms.written("2023")
    found = compare([student, other_student], (before, known), (after, known))
    assert (found.gainers, found.losers, found.unmoved) == (1, 0, 1)
    assert [(shift.student, shift.before.total, shift.after.total) for shift in found.shifts] == [
        (student, Decimal("0.5"), 10)
    ]


def test_a_blitz_is_part_of_the_grade_where_the_formula_names_it(
    run: Run, student: User, use: Use, client: Client
) -> None:
    use(Formula("O_hw + scale(blitz_1, 1)"))
    assert terms.in_force("2023").scheme.asks_blitzes
    use(HALF)
    assert not terms.in_force("2023").scheme.asks_blitzes
