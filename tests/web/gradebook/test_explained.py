"""Every number of the gradebook explains itself; marks, admission, blitzes and frozen grades stand in it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.gradebook.test_schemes import Use, use
from tests.web.reading import text

from kafedra.course import Localized
from kafedra.policy.scheme import Formula, Marked
from kafedra.web.adjustments.services import set_points
from kafedra.web.marks.services import enter_marks
from kafedra.web.people.models import Membership, User
from kafedra.web.recordbook import selectors, services
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

__all__ = ["use"]
ADDRESS = "/2023/gradebook/"
MODULES = Formula(
    "0.8 * min(10, O_hw) + 0.1 * exam3 + 0.1 * exam4",
    marks=(Marked("exam3", admission="O_hw >= 1"), Marked("exam4")),
)


@pytest.fixture
def page(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


def test_each_mark_has_a_column_and_admission_shows(
    page: Client, run: Run, student: User, other_student: User, instructor: User, use: Use
) -> None:
    use(MODULES, exam3="Module 3", exam4="Module 4")
    told = {"reason": "viva", "by": instructor}
    set_points(run=run, student=student, assignment="cv", points=Decimal(4), **told)
    for name, mark in (("exam3", 9), ("exam4", 5)):
        enter_marks(run=run, name=name, marks={student: Decimal(mark), other_student: Decimal(7)}, by=instructor)
    words = text(page.get(ADDRESS))
    assert "Module 3 of 10 · enter" in words
    assert "Анна Ахматова anna 4 4.6 → 5 9 5" in words
    assert "Борис Пастернак boris 0 0.7 → 1 7 ✕ not admitted 7" in words
    logins = re.findall(r'<small class="mono">(\w+)</small>', page.get(f"{ADDRESS}?sort=-exam3").content.decode())
    assert logins == ["anna", "boris"]


def test_the_page_of_a_student_says_where_every_number_comes_from(
    page: Client, run: Run, student: User, assistant: User, use: Use
) -> None:
    use(MODULES, exam3="Module 3", exam4="Module 4")
    factories.graded(factories.repository(student, run), "0.5")
    enter_marks(run=run, name="exam3", marks={student: Decimal(9)}, by=assistant, why="three questions")
    enter_marks(run=run, name="exam4", marks={student: Decimal(5)}, by=assistant)
    words = text(page.get(f"{ADDRESS}students/anna/"))
    assert "O total = 0.8 · the least of (10; 0.5) + 0.1 · 0 + 0.1 · 5 = 0.9" in words
    assert "Module 3 9 not admitted: the mark counts as nothing Вера Инбер" in words.replace(" :", ":")
    assert "three questions" in words
    assert "Module 4 5 not asked" in words
    assert "Activation functions" in words
    assert page.get(f"{ADDRESS}students/nobody/").status_code == 404
    assert page.get(f"{ADDRESS}students/vera/").status_code == 404, "staff have no grades"


def test_a_frozen_grade_stands_beside_what_would_follow_today(
    page: Client, run: Run, student: User, instructor: User
) -> None:
    enter_marks(run=run, name="exam", marks={student: Decimal(10)}, by=instructor)
    rows = [row for sheet in selectors.sheets(run) for row in sheet.open]
    services.freeze(run=run, group=None, shown=selectors.seen(rows), by=instructor)
    assert "anna 0 3 → 3 frozen 3 10" in text(page.get(ADDRESS))
    enter_marks(run=run, name="exam", marks={student: Decimal(5)}, by=instructor)
    assert "anna 0 1.5 → 2 frozen 3 ≠ 5" in text(page.get(ADDRESS))


def test_it_sorts_by_the_grade(page: Client, run: Run, student: User, other_student: User, instructor: User) -> None:
    enter_marks(run=run, name="exam", marks={other_student: Decimal(5)}, by=instructor)
    source = page.get(f"{ADDRESS}?sort=-O_total").content.decode()
    assert re.findall(r'<small class="mono">(\w+)</small>', source) == ["boris", "anna"]


@pytest.fixture
def table(run: Run, student: User, instructor: User) -> None:
    Membership.objects.filter(user=student).update(group="231")
    factories.person("evil", "=1+1", run=run)
    told = {"reason": "viva", "by": instructor}
    set_points(run=run, student=student, assignment="activations", points=Decimal("0.315"), **told)
    enter_marks(run=run, name="exam", marks={student: Decimal(7)}, by=instructor)


def rows_of(page: Client, name: str) -> list[dict[str, str]]:
    response = page.get(f"{ADDRESS}{name}", headers={"accept-language": "ru"})
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_moodle_gets_its_columns(page: Client, table: None) -> None:
    (anna, evil) = sorted(rows_of(page, "moodle.csv"), key=lambda row: row["Username"])
    assert list(anna)[:3] == ["Username", "Email address", "Функции активации"]
    assert (anna["Функции активации"], anna["Экзамен"], anna["O_total"]) == ("0.315", "7", "2.3205")
    assert evil["Функции активации"] == ""


def test_canvas_gets_its_columns_and_the_points_possible(page: Client, table: None) -> None:
    possible, evil, anna = rows_of(page, "canvas.csv")
    assert list(possible)[:6] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Функции активации"]
    assert possible["Student"].strip() == "Points Possible"
    assert (possible["Функции активации"], possible["Оптимизаторы"], possible["Экзамен"]) == ("1", "0", "10")
    assert (anna["SIS Login ID"], anna["Section"], anna["Функции активации"]) == ("anna", "231", "0.315")
    assert evil["Student"] == "'=1+1", "nothing in it can act as a formula"


@pytest.mark.parametrize("name", ["moodle.csv", "canvas.csv", "export.csv"])
def test_columns_of_one_title_are_told_apart(
    page: Client, table: None, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = course.current()
    titles = {"activations": "Практика", "weight-init": "практика", "batchnorm": "Экзамен", "dropout": "O_total"}
    homework = tuple(
        replace(one, assignments=tuple(
            replace(work, title=Localized.same(titles.get(work.slug, work.slug))) for work in one.assignments
        ))
        for one in known.runs["2023"].homework
    )  # fmt: skip
    taught = replace(known, runs={**known.runs, "2023": replace(known.runs["2023"], homework=homework)})
    monkeypatch.setattr(course, "current", lambda: taught)
    source = page.get(f"{ADDRESS}{name}", headers={"accept-language": "ru"}).content.decode("utf-8-sig")
    columns = source.splitlines()[0].split(";" if name == "export.csv" else ",")
    assert len(set(columns)) == len(columns)
    assert {"Практика [activations]", "практика [weight-init]", "Экзамен [batchnorm]"} < set(columns)
    assert {"Экзамен [exam]", "O_total [dropout]"} < set(columns)


def test_distributions_are_pictures_with_words(page: Client, run: Run, table: None) -> None:
    response = page.get(f"{ADDRESS}pictures/")
    words = text(response)
    assert "O_hw of 2 students: median 0.16 of 14, 0 with everything. The automat begins at 6." in words
    assert "Activation functions of 1 student: median 0.32 of 1, 0 with everything. 1 has none yet." in words
    source = response.content.decode()
    source = source[source.index("<main") : source.index("</main>")]
    assert source.count('<svg class="histogram"') == source.count('role="img" aria-label="') == 10
    assert 'class="line"' in source
    assert "style=" not in source, "colours come from the stylesheet, in both themes"
    assert "There are no students" not in words


def test_without_students_there_is_nothing_to_draw(page: Client, run: Run) -> None:
    assert "There are no students in this run yet." in text(page.get(f"{ADDRESS}pictures/"))
