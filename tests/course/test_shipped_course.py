"""«Глубинное обучение» as it is shipped says what the README of 2023 says."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kafedra.course import Course, load_course
from kafedra.policy import Formula, LatePolicy, Scheme, standing
from kafedra.policy.scheme import Automat, Marked

ROOT = Path(__file__).parents[2] / "course"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def test_the_policy(course: Course) -> None:
    assert course.late == LatePolicy(Decimal(10), Decimal(30))
    assert course.formula == Formula(
        "0.7 * O_hw + 0.3 * exam",
        parts=(("O_hw", "sum(homework) + sum(bonus)"),),
        marks=(Marked("exam"),),
        automat=Automat("O_hw >= 6", "10 / most(homework) * O_hw"),
    )


def test_twelve_topics(course: Course) -> None:
    assert [topic.number for topic in course.topics] == list(range(1, 13))


def test_the_homework_table(course: Course) -> None:
    run = course.runs["2023"]
    table = [
        ([(work.slug, int(work.points), work.bonus) for work in homework.assignments], homework.issued)
        for homework in run.homework
    ]
    assert table == [
        ([("activations", 1, False), ("weight-init", 1, False)], date(2023, 1, 23)),
        ([("dropout", 1, False), ("optimization", 1, True)], date(2023, 1, 31)),
        ([("batchnorm", 1, False), ("pytorch-basics", 2, False)], date(2023, 2, 5)),
        ([("cv", 4, False)], None),
        ([("nlp", 4, False)], None),
        ([("backprop", 0, True)], None),  # for practice: not in the README
    ]
    assert standing(run.terms(), {}, Scheme(run.formula, run.terms())).counted_max == 14


def test_the_deadlines_are_a_week_after_the_day_of_issue_in_moscow(course: Course) -> None:
    deadlines = [homework.deadline for homework in course.runs["2023"].homework]
    assert deadlines == [
        datetime(2023, 1, 30, 20, 59, 59, tzinfo=UTC),
        datetime(2023, 2, 7, 20, 59, 59, tzinfo=UTC),
        datetime(2023, 2, 12, 20, 59, 59, tzinfo=UTC),
        None,
        None,
        None,
    ]


def test_homework_is_issued_at_the_class_the_table_names(course: Course) -> None:
    run = course.runs["2023"]
    classes = {index: planned.date for index, planned in enumerate(run.plan, start=1) if planned.date}
    assert classes == {2: date(2023, 1, 23), 3: date(2023, 1, 31), 4: date(2023, 2, 5)}
