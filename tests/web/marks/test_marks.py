"""Marks that staff enter: one by one, from a table, seen before they count; one source for each in a run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import Page, hidden, text

from kafedra.web.marks.models import EnteredMark
from kafedra.web.marks.services import enter_marks
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.runs.models import Run
from kafedra.web.standings.selectors import standing_for
from kafedra.web.standings.sources import SOURCES, Contribution

EXAM = "/2023/marks/exam/"


@pytest.fixture
def page(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


def looked_at(page: Client, **form: Any) -> Any:
    """The preview of what a table or some fields would change."""
    return page.post(f"{EXAM}preview/", {"seen": hidden(page.get(EXAM), "seen"), **form})


def let_count(page: Client, preview: Page, why: str = "") -> Any:
    return page.post(f"{EXAM}apply/", {"kept": hidden(preview, "kept"), "why": why}, follow=True)


def exam_of(student: User, run: Run) -> object:
    return standing_for(student, run).standing.grade.components["exam"]


def test_a_mark_is_written_looked_at_and_then_counts(page: Client, run: Run, student: User) -> None:
    assert "Exam exam 10 0 / 1" in text(page.get("/2023/marks/"))
    preview = looked_at(page, **{f"mark-{student.pk}": "7,5"})
    assert "Анна Ахматова — 7.5" in text(preview)
    assert exam_of(student, run) is None, "a look writes nothing"
    assert "1 mark is entered." in text(let_count(page, preview))
    assert exam_of(student, run) == Decimal("7.5")
    assert "Вера Инбер" in text(page.get(EXAM))


def test_who_gets_a_mark_reads_it_and_the_record_has_it(page: Client, student: User, signed_in: SignIn) -> None:
    let_count(page, looked_at(page, **{f"mark-{student.pk}": "7"}))
    let_count(page, looked_at(page, **{f"mark-{student.pk}": "8"}), "the second part was overlooked")
    told = text(signed_in(student).get("/news/"))
    assert "Exam: your mark is 7." in told
    assert "Exam: your mark was 7, now 8." in told
    newest = Entry.objects.filter(concerns=student, verb="mark.changed").get()
    assert (newest.before, newest.after, newest.why) == (
        {"mark": "7.000"}, {"mark": "8"}, "the second part was overlooked",
    )  # fmt: skip


def test_a_mark_that_was_given_changes_with_a_reason_only(page: Client, run: Run, student: User) -> None:
    let_count(page, looked_at(page, **{f"mark-{student.pk}": "7"}))
    refused = let_count(page, looked_at(page, **{f"mark-{student.pk}": ""}))
    assert refused.status_code == 422
    assert "Say why a mark that was given changes." in text(refused)
    assert exam_of(student, run) == 7
    let_count(page, refused, "another person's sheet")
    assert exam_of(student, run) is None
    assert EnteredMark.objects.get().undone_by is not None, "what was entered stays"


def test_a_table_is_pasted_and_what_cannot_be_used_says_why(
    page: Client, run: Run, student: User, other_student: User
) -> None:
    factories.person("anna2", "Анна Ли", run=run)
    factories.person("anna3", "Ли Анна", run=run)
    table = "student\tmark\nАхматова Анна\t7,5\nboris;11\nАнна Ли 5\nnobody,3\nanna, 6\nboris, many\nanna2,"
    seen = text(looked_at(page, table=table)).replace("&quot;", '"')
    assert "6 lines stay out" not in seen
    assert "5 lines stay out" in seen
    assert "line 3: boris;11 — A mark is from 0 to 10." in seen
    assert "line 4: Анна Ли 5 — Several are called so: write the login." in seen
    assert "line 5: nobody,3 — Nobody of the run is called so." in seen
    assert "line 6: anna, 6 — The same student stands in line 2 already." in seen
    assert "line 7: boris, many — “many” is no number." in seen
    assert "Анна Ахматова — 7.5" in seen


@pytest.mark.parametrize("line", ["anna 7,5", "anna,7.5", "anna;7,5", "Анна Ахматова\t231\t7.5".replace("\t231", "")])
def test_a_line_may_be_written_in_many_ways(page: Client, run: Run, student: User, line: str) -> None:
    let_count(page, looked_at(page, table=line))
    assert exam_of(student, run) == Decimal("7.5")


def test_two_numbers_in_a_line_are_not_guessed_at(page: Client, student: User) -> None:
    assert "There are several numbers" in text(looked_at(page, table="anna,7,5"))


def _xlsx(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("marks.xlsx", out.getvalue())


def test_a_spreadsheet_is_sent_looked_at_and_then_counts(
    page: Client, run: Run, student: User, other_student: User
) -> None:
    sheet = _xlsx(
        ("№", "ФИО", "Группа", "Оценка", "Примечание"),
        (1, "Ахматова Анна", 231, 7.5, "билет 4"),
        (),
        (2, other_student.display_name, 232, 11, None),
        (3, "Никто", 232, 5, None),
    )
    shown = looked_at(page, file=sheet)
    assert exam_of(student, run) is None, "nothing counts before it was looked at"
    seen = text(shown)
    assert "2 lines stay out" in seen
    assert "line 4:" in seen
    assert "A mark is from 0 to 10." in seen
    assert "line 5:" in seen
    assert "Nobody of the run is called so." in seen
    let_count(page, shown)
    assert exam_of(student, run) == Decimal("7.5")
    assert exam_of(other_student, run) is None


def test_the_column_may_be_called_like_the_mark(page: Client, run: Run, student: User) -> None:
    csv = SimpleUploadedFile("marks.csv", "login;group;exam;seat\nanna;231;6,5;12\n".encode("cp1251"))
    let_count(page, looked_at(page, file=csv))
    assert exam_of(student, run) == Decimal("6.5")


def test_a_file_that_is_no_table_says_so(page: Client, run: Run, student: User) -> None:
    broken = SimpleUploadedFile("marks.xlsx", b"PK\x03\x04 no archive")
    assert "This is neither CSV nor XLSX." in text(looked_at(page, file=broken))
    both = looked_at(page, file=_xlsx(("anna", 7)), table="anna 8")
    assert both.status_code == 422
    assert "not both at once" in text(both)
    assert ">anna 8</textarea>" in both.content.decode(), "what was pasted is kept"
    assert "The file is empty." in text(looked_at(page, file=_xlsx()))


def test_a_wrong_field_is_marked_and_nothing_is_lost(page: Client, student: User, other_student: User) -> None:
    response = looked_at(page, **{f"mark-{student.pk}": "eleven", f"mark-{other_student.pk}": "6"})
    assert response.status_code == 422
    assert "“eleven” is no number." in text(response)
    assert 'value="eleven"' in response.content.decode()
    assert 'value="6"' in response.content.decode()


def test_two_who_enter_at_once_do_not_undo_each_other(
    page: Client, run: Run, student: User, other_student: User, instructor: User
) -> None:
    opened = hidden(page.get(EXAM), "seen")
    enter_marks(run=run, name="exam", marks={student: Decimal(9)}, by=instructor)
    fields = {f"mark-{student.pk}": "", f"mark-{other_student.pk}": "6"}
    preview = page.post(f"{EXAM}preview/", {"seen": opened, **fields})
    assert "Ахматова" not in text(preview), "an untouched field changes nothing"
    enter_marks(run=run, name="exam", marks={other_student: Decimal(3)}, by=instructor)
    refused = let_count(page, preview)
    assert "Somebody has changed some of these marks since." in text(refused)
    assert (exam_of(student, run), exam_of(other_student, run)) == (9, 3)


def test_nothing_new_is_said(page: Client, student: User) -> None:
    assert "there is nothing to enter" in text(looked_at(page, table="anna\t"))
    assert page.post(f"{EXAM}apply/", {"kept": "forged"}).status_code == 422
    assert page.get("/2023/marks/attendance/").status_code == 404


@pytest.fixture
def held() -> Iterator[set[str]]:
    """The runs in which an app that holds exams gives the mark."""
    runs: set[str] = set()
    given = Contribution(components={})
    SOURCES.add("held", lambda _run, _students: given, claims=lambda run: ["exam"] if run.slug in runs else [])
    yield runs
    SOURCES.remove("held")


def test_a_mark_has_one_source_in_a_run(
    page: Client, run: Run, student: User, instructor: User, held: set[str]
) -> None:
    enter_marks(run=run, name="exam", marks={student: Decimal(9)}, by=instructor)
    assert exam_of(student, run) == 9
    held.add("2023")
    assert exam_of(student, run) is None, "an exam was held: its marks count, and there are none yet"
    assert "comes from elsewhere" in text(page.get("/2023/marks/"))
    assert "what was entered here doesn't count" in text(page.get(EXAM))
    refused = page.post(f"{EXAM}preview/", {"table": "anna 5"})
    assert (refused.status_code, "comes from elsewhere" in text(refused)) == (422, True)
