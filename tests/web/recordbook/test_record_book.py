"""The record book: sheets by group in numbers and words; frozen grades, which only a decision changes."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import hidden, text

from kafedra.web.adjustments.services import set_points
from kafedra.web.marks.services import enter_marks
from kafedra.web.people.models import Membership, User
from kafedra.web.record.models import Entry
from kafedra.web.recordbook.models import FrozenGrade
from kafedra.web.recordbook.selectors import sheets
from kafedra.web.recordbook.words import in_words
from kafedra.web.runs.models import Run
from kafedra.web.standings.selectors import standing_for

SHEETS = "/2023/record-book/"


@pytest.fixture
def page(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


@pytest.fixture
def marked(run: Run, student: User, other_student: User, instructor: User) -> None:
    """Anna of group 231 has 9.8 of 10, Boris of 232 has nothing yet."""
    for who, group in ((student, "231"), (other_student, "232")):
        Membership.objects.filter(user=who).update(group=group)
    points(run, student, "activations", "1", instructor)
    points(run, student, "cv", "4", instructor)
    enter_marks(run=run, name="exam", marks={student: Decimal(10)}, by=instructor)


def points(run: Run, student: User, slug: str, value: str, by: User) -> None:
    set_points(run=run, student=student, assignment=slug, points=Decimal(value), reason="viva", by=by)


def froze(page: Client, group: str = "") -> str:
    preview = page.post(f"{SHEETS}freeze/", {"group": group})
    told = {"group": group, "shown": hidden(preview, "shown"), "confirm": "yes"}
    return text(page.post(f"{SHEETS}freeze/", told, follow=True))


def decided(page: Client, decision: str, *logins: str, reason: str = "an appeal") -> str:
    told = {"students": logins, "decision": decision, "reason": reason}
    preview = page.post(f"{SHEETS}decide/", told)
    told |= {"shown": hidden(preview, "shown"), "confirm": "yes"}
    return text(page.post(f"{SHEETS}decide/", told, follow=True))


def test_each_group_has_a_sheet_with_the_grade_in_number_and_words(page: Client, marked: None) -> None:
    words = text(page.get(SHEETS))
    assert "Group 231" in words
    assert "1 Анна Ахматова anna 6.5 7 seven" in words
    assert "1 Борис Пастернак boris — — no grade" in words
    assert "Пастернак" not in text(page.get(f"{SHEETS}?group=231"))
    assert "семь" in text(page.get(SHEETS, headers={"accept-language": "ru"}))


def test_frozen_grades_stay_whatever_happens(
    page: Client, marked: None, run: Run, student: User, instructor: User, signed_in: SignIn
) -> None:
    assert "1 grade is frozen." in froze(page, "231")
    grade = FrozenGrade.objects.get()
    assert (grade.record, grade.exact, grade.group) == (7, Fraction(13, 2), "231")
    points(run, student, "nlp", "1", instructor)
    enter_marks(run=run, name="exam", marks={student: Decimal(2)}, by=instructor)
    assert standing_for(student, run).standing.record_grade != 7
    words = text(page.get(SHEETS))
    assert "1 Анна Ахматова anna 6.5 7 seven frozen 01.02.2023 differs today" in words
    assert "Exam: 10 → 2" in words
    assert "Natural language processing: — → 1" in words
    assert "In the record book: 7 (6.5)." in text(signed_in(student).get("/2023/grades/"))


def test_a_decision_with_a_reason_lets_the_grade_follow(
    page: Client, marked: None, run: Run, student: User, instructor: User, signed_in: SignIn
) -> None:
    froze(page)
    enter_marks(run=run, name="exam", marks={student: Decimal(3)}, by=instructor)
    refused = page.post(f"{SHEETS}decide/", {"students": ["anna"], "decision": "follow"})
    assert refused.status_code == 422
    assert FrozenGrade.objects.get(student=student).record == 7
    assert "1 grade is decided." in decided(page, "follow", "anna", reason="the appeal was right")
    assert "4 four frozen 01.02.2023: the appeal was right" in text(page.get(SHEETS))
    line = Entry.objects.get(verb="grade.changed")
    assert (line.before["final_grade"], line.after["final_grade"], line.why) == (7, 4, "the appeal was right")
    told = text(signed_in(student).get("/news/"))
    assert "Your grade in the record book was 7, now 4: the appeal was right" in told
    assert FrozenGrade.objects.filter(student=student).count() == 2, "what was frozen first stays on file"


def test_a_grade_may_be_kept_although_facts_have_changed(
    page: Client, marked: None, run: Run, student: User, instructor: User
) -> None:
    froze(page)
    enter_marks(run=run, name="exam", marks={student: Decimal(3)}, by=instructor)
    decided(page, "keep", "anna", reason="too late")
    words = text(page.get(SHEETS))
    assert "7 seven frozen 01.02.2023: too late" in words
    assert "differs today" not in words
    enter_marks(run=run, name="exam", marks={student: Decimal(2)}, by=instructor)
    assert "differs today" in text(page.get(SHEETS)), "another change waits for another decision"


def test_who_decides_decides_about_what_was_shown(
    page: Client, marked: None, run: Run, student: User, instructor: User
) -> None:
    shown = hidden(page.post(f"{SHEETS}freeze/", {"group": ""}), "shown")
    enter_marks(run=run, name="exam", marks={student: Decimal(3)}, by=instructor)
    said = text(page.post(f"{SHEETS}freeze/", {"shown": shown, "confirm": "yes"}, follow=True))
    assert "Nothing is written: look again." in said
    assert not FrozenGrade.objects.exists()


def test_freezing_again_takes_only_those_who_are_new(page: Client, marked: None, run: Run, student: User) -> None:
    froze(page)
    factories.person("late", "Поздний Студент", run=run)
    assert "1 grade is frozen." in froze(page)
    assert FrozenGrade.objects.count() == 3
    Membership.objects.filter(user=student).delete()
    assert "frozen 01.02.2023, has left the run" in text(page.get(SHEETS))


def test_the_sheets_go_into_spreadsheets_without_formulas(page: Client, marked: None, run: Run) -> None:
    factories.person("evil", "=1+1", run=run)
    froze(page, "231")
    rows = list(csv.DictReader(io.StringIO(page.get(f"{SHEETS}export.csv").content.decode("utf-8-sig"))))
    assert [(row["Login"], row["Grade"], row["In words"], row["Frozen"]) for row in rows] == [
        ("anna", "7", "seven", "2023-02-01"), ("boris", "", "", ""), ("evil", "", "", ""),
    ]  # fmt: skip
    assert rows[2]["Name"] == "'=1+1"
    sheet = load_workbook(io.BytesIO(page.get(f"{SHEETS}export.xlsx?group=231").content)).active
    assert [cell.value for cell in list(sheet.iter_rows())[1]][:6] == [1, "231", "Анна Ахматова", "anna", 7, "seven"]


def test_the_number_of_queries_does_not_depend_on_the_number_of_students(page: Client, run: Run) -> None:
    counts = []
    for more in (3, 30):
        for _ in range(more):
            factories.graded(factories.repository(factories.person(run=run), run), "0.5")
        with CaptureQueriesContext(connection) as queries:
            assert page.get(SHEETS).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20, "everybody's standings, by source, and one for what is frozen"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.one_of(
            st.tuples(st.just("exam"), st.one_of(st.none(), st.integers(0, 10))),
            st.tuples(st.sampled_from(["cv", "nlp", "dropout"]), st.integers(0, 1)),
            st.tuples(st.just("decide"), st.sampled_from([True, False])),
        ),
        max_size=6,
    )
)
def test_a_frozen_grade_changes_through_its_decision_alone(
    page: Client, marked: None, run: Run, student: User, instructor: User, changes: list[tuple[str, object]]
) -> None:
    FrozenGrade.objects.all().delete()
    froze(page)
    stands = in_the_book(run, student)
    for what, value in changes:
        if what == "decide":
            row = row_of(run, student)
            if row.moved:
                stands = row.now.standing.total if value and row.now else stands
                decided(page, "follow" if value else "keep", "anna")
        elif what == "exam":
            mark = None if value is None else Decimal(str(value))
            enter_marks(run=run, name="exam", marks={student: mark}, by=instructor)
        else:
            points(run, student, what, str(value), instructor)
        assert in_the_book(run, student) == stands


def row_of(run: Run, student: User):  # type: ignore[no-untyped-def]  # a row of the sheets
    return next(row for sheet in sheets(run) for row in sheet.rows if row.student == student)


def in_the_book(run: Run, student: User) -> Fraction | None:
    total: Fraction | None = row_of(run, student).total
    return total


@pytest.mark.parametrize(
    ("number", "russian", "english"),
    [
        (0, "ноль", "zero"),
        (8, "восемь", "eight"),
        (10, "десять", "ten"),
        (19, "девятнадцать", "nineteen"),
        (40, "сорок", "forty"),
        (92, "девяносто два", "ninety-two"),
        (100, "сто", "one hundred"),
        (215, "двести пятнадцать", "two hundred and fifteen"),
        (1000, "1000", "1000"),
    ],
)
def test_numbers_in_words(number: int, russian: str, english: str) -> None:
    assert (in_words(number, "ru"), in_words(number, "en")) == (russian, english)
