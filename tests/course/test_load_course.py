"""A course that is as it should be, read from its folder into values."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kafedra.course import CourseError, load_course
from kafedra.policy import AssignmentTerms, Formula, Ground, LatePolicy, Ruling
from kafedra.policy.scheme import Automat, Marked

Edit = Callable[[str, str, str], None]
MOSCOW = ZoneInfo("Europe/Moscow")
RUN = "runs/2023.toml"


def test_what_stays_from_year_to_year(root: Path) -> None:
    course = load_course(root)
    assert (course.slug, course.language, course.timezone) == ("dl", "ru", MOSCOW)
    assert (course.title.in_("ru"), course.title.in_("en")) == ("Глубинное обучение", "Deep learning")
    assert course.late == LatePolicy(Decimal(10), Decimal(30))
    assert course.formula == Formula(
        "0.7 * O_hw + 0.3 * exam",
        marks=(Marked("exam"),),
        automat=Automat("O_hw >= 2", "10 / most(homework) * O_hw"),
    )
    assert [topic.slug for topic in course.topics] == ["backprop", "activations"]
    assert course.topic(2).title.en == "Activations"
    with pytest.raises(KeyError, match="no topic 3"):
        course.topic(3)


def test_numbers_are_exact(root: Path, edit: Edit) -> None:
    # 0.7 as a float would be 0.6999999999999999555910790149937…
    edit("course.toml", "percent_per_day = 10", "percent_per_day = 0.7")
    assert str(load_course(root).late.percent_per_day) == "0.7"


def test_only_assignments_with_a_folder_are_there(root: Path) -> None:
    assert set(load_course(root).assignments) == {"activations"}


def test_an_empty_folder_is_no_assignment(root: Path) -> None:
    (root / "homework/dropout/__pycache__").mkdir(parents=True)
    assert set(load_course(root).assignments) == {"activations"}


def test_the_run(root: Path) -> None:
    run = load_course(root).runs["2023"]
    assert (run.starts, run.ends) == (date(2023, 1, 16), date(2023, 3, 31))
    assert [(planned.topic_number, planned.date) for planned in run.plan] == [
        (1, date(2023, 1, 16)),
        (2, None),
    ]
    homework, work = run.work("optimization")
    assert (homework.number, work.points, work.bonus) == (2, Decimal(1), True)
    with pytest.raises(KeyError, match="no assignment 'diffusion'"):
        run.work("diffusion")


def test_the_terms_of_a_run_are_what_the_policy_counts(root: Path) -> None:
    deadline = datetime(2023, 1, 30, 23, 59, 59, tzinfo=MOSCOW)
    assert load_course(root).runs["2023"].terms() == (
        AssignmentTerms("activations", Decimal("1.5"), False, deadline),
        AssignmentTerms("dropout", Decimal(1), False, None),
        AssignmentTerms("optimization", Decimal(1), True, None),
    )


@pytest.mark.parametrize(("points", "scale"), [("3", "2"), ("0.75", "0.5"), ("0", "0"), ("1.50", "1")])
def test_a_run_counts_an_assignment_for_more_or_less(root: Path, edit: Edit, points: str, scale: str) -> None:
    edit(RUN, "points = 1.5", f"points = {points}")
    edit("course.toml", "O_hw >= 2", "O_hw >= 1")
    course = load_course(root)
    work = course.runs["2023"].work("activations")[1]
    assert (work.points, work.judged_of, work.scale) == (Decimal(points), Decimal("1.5"), Decimal(scale))
    assert course.runs["2023"].terms()[0].scale == Decimal(scale)


def test_a_title_left_out_is_the_assignments_own(root: Path) -> None:
    assert load_course(root).runs["2023"].work("activations")[1].title.en == "Activation functions"


def test_a_title_given_is_the_runs_own(root: Path, edit: Edit) -> None:
    edit(RUN, "points = 1.5", 'points = 1.5\ntitle = "Four functions"')
    assert load_course(root).runs["2023"].work("activations")[1].title.ru == "Four functions"


@pytest.mark.parametrize(
    ("written", "deadline"),
    [
        ("", datetime(2023, 1, 30, 20, 59, 59, tzinfo=UTC)),  # a week after the day of issue
        ("deadline = 2023-02-01", datetime(2023, 2, 1, 20, 59, 59, tzinfo=UTC)),
        ("deadline = 2023-02-01T18:00:00+03:00", datetime(2023, 2, 1, 15, tzinfo=UTC)),
        ("deadline = 2023-02-01T18:00:00Z", datetime(2023, 2, 1, 18, tzinfo=UTC)),
        ('deadline = "none"', None),
    ],
)
def test_deadlines(root: Path, edit: Edit, written: str, deadline: datetime | None) -> None:
    edit(RUN, "issued = 2023-01-23", f"issued = 2023-01-23\n{written}")
    homework = load_course(root).runs["2023"].homework[0]
    assert homework.deadline == deadline
    assert deadline is None or (homework.deadline and homework.deadline.tzinfo == MOSCOW)


def test_the_days_to_a_deadline_are_the_runs(root: Path, edit: Edit) -> None:
    edit(RUN, 'title = "2023"', 'title = "2023"\ndeadline_days = 10')
    homework = load_course(root).runs["2023"].homework[0]
    assert homework.deadline == datetime(2023, 2, 2, 23, 59, 59, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("of_run", "of_homework", "solutions"),
    [
        ("", "", datetime(2023, 2, 2, 23, 59, 59, tzinfo=MOSCOW)),  # 30 % at most and 10 % a day are three days
        ("solution_days = 0", "", datetime(2023, 1, 30, 23, 59, 59, tzinfo=MOSCOW)),
        ("solution_days = 14", "", datetime(2023, 2, 13, 23, 59, 59, tzinfo=MOSCOW)),
        ("solution_days = 14", "solutions = 2023-02-05", datetime(2023, 2, 5, tzinfo=MOSCOW)),
        ("", "solutions = 2023-02-05T12:00:00Z", datetime(2023, 2, 5, 12, tzinfo=UTC)),
        ("", 'solutions = "none"', None),
        ("", 'deadline = "none"', None),
        ("", 'deadline = "none"\nsolutions = 2023-02-05', datetime(2023, 2, 5, tzinfo=MOSCOW)),
    ],
)
def test_solutions(root: Path, edit: Edit, of_run: str, of_homework: str, solutions: datetime | None) -> None:
    edit(RUN, 'title = "2023"', f'title = "2023"\n{of_run}')
    edit(RUN, "issued = 2023-01-23", f"issued = 2023-01-23\n{of_homework}")
    homework = load_course(root).runs["2023"].homework[0]
    assert homework.solutions == solutions
    assert solutions is None or (homework.solutions and homework.solutions.tzinfo == MOSCOW)


def test_homework_without_dates_is_never_late(root: Path) -> None:
    homework = load_course(root).runs["2023"].homework[1]
    assert (homework.issued, homework.deadline) == (None, None)


def test_runs_may_come_from_elsewhere(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    demo = tmp_path_factory.mktemp("elsewhere") / "anything.toml"
    demo.write_text('slug = "demo"\ntitle = "Demo"\n', encoding="utf-8")
    assert set(load_course(root, extra_runs=[demo]).runs) == {"2023", "demo"}


def test_a_run_from_elsewhere_is_checked_too(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    demo = tmp_path_factory.mktemp("elsewhere") / "demo.toml"
    demo.write_text('slug = "2023"\ntitle = "Demo"\n[[plan]]\ntopic = 9\n', encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_course(root, extra_runs=[demo])
    assert [str(problem) for problem in caught.value.problems] == [
        f"{demo.as_posix()}:1: slug: '2023' — must not be the slug of another run",
        f"{demo.as_posix()}:4: plan[0].topic: '9' — must be the number of a topic in course.toml, from 1 to 2",
    ]


def test_a_file_that_windows_saved(root: Path) -> None:
    path = root / "course.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_course(root).title.ru == "Глубинное обучение"


@pytest.mark.parametrize("free", ["percent_per_day = 0\nmax_percent = 30", "percent_per_day = 10\nmax_percent = 0"])
def test_where_late_work_earns_everything_a_solution_opens_only_by_its_own_date(
    root: Path, edit: Edit, free: str
) -> None:
    assert load_course(root).runs["2023"].homework[0].solutions is not None
    edit("course.toml", "percent_per_day = 10\nmax_percent = 30", free)
    assert load_course(root).runs["2023"].homework[0].solutions is None
    edit(RUN, "issued = 2023-01-23", "issued = 2023-01-23\nsolutions = 2023-03-01")
    opens = load_course(root).runs["2023"].homework[0].solutions
    assert opens == datetime(2023, 3, 1, tzinfo=MOSCOW)


def test_the_rule_of_integrity_is_the_runs_or_the_courses(root: Path, edit: Edit) -> None:
    usual = load_course(root).runs["2023"].integrity
    assert (usual.answer_days, usual.rulings(Ground.COPYING)) == (7, tuple(Ruling))
    assert usual.rulings(Ground.DECEIVING) == (Ruling.NOTHING, Ruling.WARNING, Ruling.ASSIGNMENT)
    edit("course.toml", "[late]", '[integrity]\nanswer_days = 3\ncopying = ["all", "warning"]\n\n[late]')
    of_course = load_course(root).runs["2023"].integrity
    assert (of_course.answer_days, of_course.rulings(Ground.COPYING)) == (
        3,
        (Ruling.NOTHING, Ruling.WARNING, Ruling.ALL),
    )
    edit(RUN, 'title = "2023"', 'title = "2023"\nintegrity = { deceiving = ["all"] }')
    own = load_course(root).runs["2023"].integrity
    assert (own.answer_days, own.rulings(Ground.DECEIVING)) == (7, (Ruling.NOTHING, Ruling.ALL)), "as a whole its own"


def test_a_run_may_have_a_penalty_and_a_formula_of_its_own(root: Path, edit: Edit) -> None:
    edit(RUN, 'title = "2023"', 'title = "2023"\nlate = { percent_per_day = 5, max_percent = 50 }\n'
                                'formula = { total = "min(10, 2 * O_hw)" }')  # fmt: skip
    course = load_course(root)
    assert course.runs["2023"].late == LatePolicy(Decimal(5), Decimal(50)) != course.late
    assert course.runs["2023"].formula == Formula("min(10, 2 * O_hw)") != course.formula
