"""The gradebook: everybody's standing, found quickly and exported safely."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import source, text

from kafedra.web.people.models import Membership, User
from kafedra.web.runs.models import Run

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
    said = text(page.get(ADDRESS, {"q": "<zzz>"})).replace("&lt;", "<")
    assert "Nobody here is called “<zzz>”." in said
    assert "Export" not in said, "there is nothing to export"


def test_the_number_of_queries_does_not_depend_on_the_number_of_students(page: Client, run: Run) -> None:
    counts = []
    for more in (5, 45):
        crowd(run, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page.get(ADDRESS).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20, "seven for whoever looks, the rest for everybody's facts by source"


def test_the_export_is_exact_and_holds_no_formulas(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "0.35", factories.NOW - timedelta(days=1))
    factories.person("evil", '=HYPERLINK("https://evil.example")', run=run)
    factories.person("sly", " +7 999", run=run)
    Membership.objects.filter(user=student).update(group="=231")
    response = page.get("/2023/gradebook/export.csv")
    assert 'filename="gradebook-2023.csv"' in response["Content-Disposition"]
    rows = {row["Login"]: row for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))}
    assert rows["anna"]["Activation functions"] == "0.315"
    assert rows["anna"]["O_hw"] == "0.315"
    assert rows["anna"]["Automat"] == "no"
    assert rows["anna"]["Group"] == "'=231"
    assert all(row["Name"][0] not in "=+-@\t\r " for row in rows.values())


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
    assert table["anna"]["Activation functions"].value == pytest.approx(0.315)
    assert table["anna"]["Activation functions"].data_type == "n"
    assert table["evil"]["Activation functions"].value is None
    assert (table["evil"]["Name"].value, table["evil"]["Name"].data_type) == ("=1+1", "s")


def test_in_russian_the_csv_is_what_a_russian_spreadsheet_opens(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "0.775", factories.NOW)
    titles, row = in_russian(page, "export.csv").removeprefix("\ufeff").splitlines()
    assert titles.startswith("Логин;Имя;Группа;Функции активации;")
    assert titles.endswith(";O_hw;Экзамен;Автомат;O_total;В зачётку")
    assert row.startswith("anna;Анна Ахматова;;0,62;")
    assert row.endswith(";0,62;;нет;;")


def test_in_russian_the_spreadsheet_has_russian_headings(page: Client, run: Run, student: User) -> None:
    content = page.get(f"{ADDRESS}export.xlsx", headers={"accept-language": "ru"}).content
    sheet = load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in next(sheet.iter_rows())][:4] == ["Логин", "Имя", "Группа", "Функции активации"]
    assert sheet.title == "Ведомость"


def in_russian(page: Client, export: str) -> str:
    return page.get(f"{ADDRESS}{export}", headers={"accept-language": "ru"}).content.decode()


@pytest.fixture
def three(run: Run) -> None:
    """Points 0.5, none, 0.9 for Фёдор, Яна, Федора of the groups 232, none, 231."""
    for login, name, group, points in (
        ("fedor", "Фёдор Сологуб", "232", "0.5"),
        ("yana", "Яна Ли", "", ""),
        ("fedora", "Федора Егорова", "231", "0.9"),
    ):
        person = factories.person(login, name, run=run)
        Membership.objects.filter(user=person).update(group=group)
        if points:
            factories.graded(factories.repository(person, run), points)


def shown(page: Client, query: str) -> list[str]:
    """The logins of the table, from the first row to the last."""
    return re.findall(r'<small class="mono">(\w+)</small>', page.get(f"{ADDRESS}{query}").content.decode())


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["fedor", "fedora", "yana"]),
        ("-name", ["yana", "fedora", "fedor"]),
        ("group", ["fedora", "fedor", "yana"]),
        ("-group", ["fedor", "fedora", "yana"]),
        ("O_hw", ["yana", "fedor", "fedora"]),
        ("-O_hw", ["fedora", "fedor", "yana"]),
        ("activations", ["fedor", "fedora", "yana"]),
        ("-activations", ["fedora", "fedor", "yana"]),
        ("-no-such-column", ["fedor", "fedora", "yana"]),
    ],
)
def test_it_is_sorted_by_any_column_both_ways_and_who_has_nothing_comes_last(
    page: Client, three: None, sort: str, order: list[str]
) -> None:
    assert shown(page, f"?sort={sort}") == order


def heading(page: Client, query: str, title: str) -> str:
    """The cell of a heading as HTML."""
    whole = source(page.get(f"{ADDRESS}{query}"))
    (found,) = [cell for cell in re.findall(r"<th scope=\"col\".*?</th>", whole) if title in cell]
    return found


def test_a_heading_sorts_and_a_second_click_turns_the_order_round(page: Client, three: None) -> None:
    assert 'href="?sort=-activations"' in heading(page, "", "Activation functions")
    assert "aria-sort" not in heading(page, "", "Activation functions")
    sorted_by_it = heading(page, "?sort=-activations", "Activation functions")
    assert 'aria-sort="descending"' in sorted_by_it
    assert 'href="?sort=activations"' in sorted_by_it
    assert 'aria-sort="ascending"' in heading(page, "", "Student")


def test_the_address_keeps_words_group_and_order_together(page: Client, three: None) -> None:
    query = "?q=%D1%84%D0%B5%D0%B4%D0%BE%D1%80&group=231&sort=-O_hw"
    by_group = query.replace("-O_hw", "group").replace("&", "&amp;")
    assert f'href="{by_group}"' in heading(page, query, "Group")
    whole = source(page.get(f"{ADDRESS}{query}"))
    assert '<input type="hidden" name="sort" value="-O_hw">' in whole
    assert '<option value="231" selected>' in whole
    typed = page.get(f"{ADDRESS}{query}", headers={"HX-Request": "true"})
    assert typed["HX-Replace-Url"] == f"{ADDRESS}{query}"


def test_groups_are_seen_and_chosen(page: Client, three: None) -> None:
    assert "Федора Егорова fedora 231 0.9" in text(page.get(ADDRESS))
    assert shown(page, "?group=231") == ["fedora"]
    assert shown(page, "?group=-") == ["yana"]
    assert "Nobody is in this group." in text(page.get(f"{ADDRESS}?group=999"))


def test_a_run_without_groups_has_no_column_for_them(page: Client, student: User) -> None:
    whole = page.get(ADDRESS).content.decode()
    assert "<select" not in whole
    assert "Group" not in text(page.get(ADDRESS))


@pytest.mark.parametrize("words", ["фёдор", "ФЕДОР", "фе\u0308дор"])
def test_ye_and_yo_are_one_letter(page: Client, three: None, words: str) -> None:
    assert shown(page, f"?q={words}") == ["fedor", "fedora"]


def test_the_export_is_of_what_is_shown_and_says_so(page: Client, three: None) -> None:
    query = "?q=%D1%84%D0%B5%D0%B4%D0%BE%D1%80&sort=O_hw"
    shown_page = page.get(f"{ADDRESS}{query}")
    assert "Export the 2 students shown, in this order: XLSX CSV" in text(shown_page)
    assert f'href="{ADDRESS}export.csv{query.replace("&", "&amp;")}"' in shown_page.content.decode()
    response = page.get(f"{ADDRESS}export.csv{query}")
    assert 'filename="gradebook-2023-selection.csv"' in response["Content-Disposition"]
    assert [row.split(",")[0] for row in response.content.decode().splitlines()[1:]] == ["fedor", "fedora"]
    assert "Export all, in this order: XLSX CSV" in text(page.get(ADDRESS))


def test_what_is_shown_adds_up(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "0.775", factories.NOW - timedelta(days=1))
    assert "0.6975 −5.3025" in text(page.get(ADDRESS))
