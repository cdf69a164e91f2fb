"""The gradebook: everybody's standing, found quickly and exported safely."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.pages import text

from kafedra.web.classroom.models import Run
from kafedra.web.people.models import Membership, User

ADDRESS = "/2023/gradebook/"


@pytest.fixture
def page(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


def crowd(run: Run, size: int) -> None:
    for _ in range(size):
        student = factories.person(run=run)
        for slug in ("activations", "dropout"):
            repository = factories.repository(student, run, slug)
            factories.graded(repository, "0.5")
            factories.pushed(repository, factories.NOW)


def test_a_row_has_the_sum_the_automat_and_each_assignment(page: Client, run: Run, student: User) -> None:
    late = factories.graded(factories.repository(student, run), "0.35", factories.NOW - timedelta(days=1))
    factories.repository(student, run, "dropout")
    response = page.get(ADDRESS)
    assert "Анна Ахматова anna 0.315 −5.685 0.315 −10 % · ○" in text(response)
    assert f'href="/2023/submissions/{late.pk}/"' in response.content.decode()
    assert "Activation functions of 1 · 1/1" in text(response)


def test_staff_are_not_in_it(page: Client, run: Run, assistant: User) -> None:
    factories.graded(factories.repository(assistant, run), "1")
    assert "There are no students in this run yet." in text(page.get(ADDRESS))


@pytest.mark.parametrize("words", ["ахмат", "АННА", "anna", "анна ахм"])
def test_the_filter_knows_names_and_logins_in_any_case(
    page: Client, student: User, other_student: User, words: str
) -> None:
    fragment = page.get(ADDRESS, {"q": words}, headers={"HX-Request": "true"})
    assert "Ахматова" in text(fragment)
    assert "Пастернак" not in text(fragment)
    assert "<html" not in fragment.content.decode()


def test_nobody_found_is_said(page: Client, student: User) -> None:
    assert "Nobody here is called “<zzz>”." in text(page.get(ADDRESS, {"q": "<zzz>"})).replace("&lt;", "<")


def test_the_number_of_queries_does_not_depend_on_the_number_of_students(page: Client, run: Run) -> None:
    counts = []
    for more in (5, 45):
        crowd(run, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page.get(ADDRESS).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_the_export_is_exact_and_holds_no_formulas(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "0.35", factories.NOW - timedelta(days=1))
    factories.person("evil", '=HYPERLINK("https://evil.example")', run=run)
    factories.person("sly", " +7 999", run=run)
    Membership.objects.filter(user=student).update(group="=231")
    response = page.get("/2023/gradebook/export.csv")
    assert 'filename="gradebook-2023.csv"' in response["Content-Disposition"]
    rows = {row["login"]: row for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))}
    assert rows["anna"]["activations"] == "0.315"
    assert rows["anna"]["O_hw"] == "0.315"
    assert rows["anna"]["automat"] == "no"
    assert rows["anna"]["group"] == "'=231"
    assert all(row["name"][0] not in "=+-@\t\r " for row in rows.values())


def test_the_spreadsheet_holds_numbers_that_can_be_summed_and_no_formulas(
    page: Client, run: Run, student: User
) -> None:
    factories.graded(factories.repository(student, run), "0.35", factories.NOW - timedelta(days=1))
    factories.person("evil", "=1+1", run=run)
    response = page.get("/2023/gradebook/export.xlsx")
    assert 'filename="gradebook-2023.xlsx"' in response["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(response.content)).active
    titles, *rows = sheet.iter_rows()
    table = {row[0].value: dict(zip([cell.value for cell in titles], row, strict=True)) for row in rows}
    assert table["anna"]["activations"].value == pytest.approx(0.315)
    assert table["anna"]["activations"].data_type == "n"
    assert table["evil"]["activations"].value is None
    assert (table["evil"]["name"].value, table["evil"]["name"].data_type) == ("=1+1", "s")
