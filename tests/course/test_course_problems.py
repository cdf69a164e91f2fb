"""Every mistake of an author is told with its file, line, key, the value seen and what is allowed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kafedra.course import CourseError, load_course

Edit = Callable[[str, str, str], None]
COURSE, RUN, ASSIGNMENT = "course.toml", "runs/2023.toml", "homework/activations/assignment.toml"


def problems_in(root: Path) -> list[str]:
    with pytest.raises(CourseError) as caught:
        load_course(root)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return [str(problem) for problem in caught.value.problems]


MISTAKES = {
    "a solution before the deadline": (
        (RUN, "issued = 2023-01-23", "issued = 2023-01-23\nsolutions = 2023-01-30"),
        "runs/2023.toml:17: homework[0].solutions: '2023-01-30' — must not be before the deadline, "
        "2023-01-30 23:59:59; a date means the beginning of that day",
    ),
    "a solution at no moment": (
        (RUN, "issued = 2023-01-23", 'issued = 2023-01-23\nsolutions = "later"'),
        "runs/2023.toml:17: homework[0].solutions: 'later' — must be a date (the beginning of that day), "
        'a date and time with an offset, or "none": 2023-02-06, 2023-02-06T12:00:00+03:00',
    ),
    "a notebook's address without a place for it": (
        (RUN, "ends = 2023-03-31", 'ends = 2023-03-31\n\n[site]\ncolab = "https://colab.research.google.com/"'),
        "runs/2023.toml:7: site.colab: 'https://colab.research.google.com/' — "
        "must be an address with {path} in it, where the notebook's place goes",
    ),
    "a notebook's address with another place": (
        (RUN, "ends = 2023-03-31", 'ends = 2023-03-31\n\n[site]\njupyterhub = "https://hub.example.org/{user}/{path}"'),
        "runs/2023.toml:7: site.jupyterhub: 'https://hub.example.org/{user}/{path}' — "
        "must be an address with {path} in it, where the notebook's place goes",
    ),
    "a notebook's address that is none": (
        (RUN, "ends = 2023-03-31", 'ends = 2023-03-31\n\n[site]\njupyterhub = "hub.example.org/{path}"'),
        "runs/2023.toml:7: site.jupyterhub: 'hub.example.org/{path}' — "
        "must be an address on the web, such as 'https://example.org/page'",
    ),
    # course.toml, one table at a time
    "a key misspelt": (
        (COURSE, "timezone =", "timezon ="),
        "course.toml:4: timezon: 'Europe/Moscow' — unknown key — did you mean 'timezone'?",
    ),
    "a key that is not known at all": (
        (COURSE, "max_percent = 30", "max_percent = 30\nxyzzy = 1"),
        "course.toml:9: late.xyzzy: '1' — unknown key — allowed here: percent_per_day, max_percent",
    ),
    "a key left out": (
        (COURSE, "max_percent = 30\n", ""),
        "course.toml:6: late.max_percent: is required: the most that lateness takes, in per cent of the points",
    ),
    "a table left out": (
        (COURSE, "[late]\npercent_per_day = 10\nmax_percent = 30\n", ""),
        "course.toml:1: late: is required: a table with the late penalty",
    ),
    "a key below the table it should stand above": (
        (COURSE, 'timezone = "Europe/Moscow"\n\n[late]\n', '[late]\ntimezone = "Europe/Moscow"\n'),
        "course.toml:5: late.timezone: 'Europe/Moscow' — belongs to the top of the file, above the first [table]",
    ),
    "a list of tables in single brackets": (
        (RUN, "[[plan]]\ntopic = 1\ndate = 2023-01-16\n\n[[plan]]\n", "[plan]\n"),
        "runs/2023.toml:6: plan: '{ topic }' — must be a list of tables: each begins with [[plan]], in double brackets",
    ),
    "a number in quotes": (
        (COURSE, "percent_per_day = 10", 'percent_per_day = "10"'),
        "course.toml:7: late.percent_per_day: '10' — must be a number from 0 to 100 with at most 2 decimals",
    ),
    "more than all": (
        (COURSE, "percent_per_day = 10", "percent_per_day = 101"),
        "course.toml:7: late.percent_per_day: '101' — must be a number from 0 to 100 with at most 2 decimals",
    ),
    "not a number": (
        (COURSE, "max_percent = 30", "max_percent = nan"),
        "course.toml:8: late.max_percent: 'NaN' — must be a number from 0 to 100 with at most 2 decimals",
    ),
    "a language we do not speak": (
        (COURSE, 'language = "ru"', 'language = "fr"'),
        "course.toml:3: language: 'fr' — must be 'ru' or 'en'",
    ),
    "a zone that is not there": (
        (COURSE, "Europe/Moscow", "Europe/Moskow"),
        "course.toml:4: timezone: 'Europe/Moskow' — must be a time zone of the IANA list, "
        "such as 'Europe/Moscow' — did you mean 'Europe/Moscow'?",
    ),
    "a zone that is a way out of the folder": (
        (COURSE, "Europe/Moscow", "../../etc/passwd"),
        "course.toml:4: timezone: '../../etc/passwd' — must be a time zone of the IANA list, such as 'Europe/Moscow'",
    ),
    "a title in one language": (
        (COURSE, '{ ru = "Активации", en = "Activations" }', '{ ru = "Активации" }'),
        "course.toml:23: topics[1].title.en: is required",
    ),
    "a title that is a number": (
        (COURSE, '"Backpropagation"', "1"),
        'course.toml:18: topics[0].title: \'1\' — must be text in quotes, or both languages: { ru = "…", en = "…" }',
    ),
    "an empty title": (
        (COURSE, '"Backpropagation"', '""'),
        'course.toml:18: topics[0].title: \'\' — must be text in quotes, or both languages: { ru = "…", en = "…" }',
    ),
    "a slug with a space": (
        (COURSE, 'slug = "dl"', 'slug = "Deep Learning"'),
        "course.toml:1: slug: 'Deep Learning' — must be lower-case Latin letters, digits and hyphens: 'weight-init'",
    ),
    "a topic number that is missing": (
        (COURSE, "number = 2", "number = 3"),
        "course.toml:21: topics[1].number: '3' — must be 2: each topic has the number after the one above it, from 1",
    ),
    "a topic number that comes twice": (
        (COURSE, "number = 2", "number = 1"),
        "course.toml:21: topics[1].number: '1' — must be 2: each topic has the number after the one above it, from 1",
    ),
    "a topic's slug that comes twice": (
        (COURSE, 'slug = "activations"', 'slug = "backprop"'),
        "course.toml:22: topics[1].slug: 'backprop' — must come once, it is also topics[0].slug",
    ),
    # runs
    "negative points": (
        (RUN, "points = 1.5", "points = -1"),
        "runs/2023.toml:20: homework[0].assignments[0].points: '-1' — "
        "must be a number from 0 to 1000 with at most 2 decimals",
    ),
    "too many decimals": (
        (RUN, "points = 1.5", "points = 1.505"),
        "runs/2023.toml:20: homework[0].assignments[0].points: '1.505' — "
        "must be a number from 0 to 1000 with at most 2 decimals",
    ),
    "points that are no finite decimal of the assignment's": (
        (RUN, "points = 1.5", "points = 2"),
        "runs/2023.toml:20: homework[0].assignments[0].points: '2' — must be a finite decimal of the 1.50 of "
        "homework/activations/assignment.toml: a third of them, say, could not be written down exactly",
    ),
    "yes for true": (
        (RUN, "bonus = true", 'bonus = "yes"'),
        "runs/2023.toml:35: homework[1].assignments[1].bonus: 'yes' — must be true or false, without quotes",
    ),
    "a deadline before the day of issue": (
        (RUN, "issued = 2023-01-23", "issued = 2023-01-23\ndeadline = 2023-01-22"),
        "runs/2023.toml:17: homework[0].deadline: '2023-01-22' — must not be before the day of issue, 2023-01-23",
    ),
    "a deadline without an offset": (
        (RUN, "issued = 2023-01-23", "deadline = 2023-01-22T18:00:00"),
        "runs/2023.toml:16: homework[0].deadline: '2023-01-22T18:00:00' — "
        "must be a date (the end of that day "
        'counts), a date and time with an offset, or "none": 2023-01-30, 2023-01-30T18:00:00+03:00',
    ),
    "a time without quotes and with seconds": (
        (RUN, "[[plan]]\ntopic = 1", "[survey]\nopens = 18:00:30\n\n[[plan]]\ntopic = 1"),
        "runs/2023.toml:7: survey.opens: '18:00:30' — "
        "must be a time of the day in quotes, in the course's time zone: '18:00'",
    ),
    "fewer answers than anonymity takes": (
        (RUN, "[[plan]]\ntopic = 1", "[survey]\nfewest_answers = 3\n\n[[plan]]\ntopic = 1"),
        "runs/2023.toml:7: survey.fewest_answers: '3' — must be a whole number from 5 to 1000",
    ),
    "a date in quotes": (
        (RUN, "issued = 2023-01-23", 'issued = "23.01.23"'),
        "runs/2023.toml:16: homework[0].issued: '23.01.23' — "
        "must be a date without quotes and without a time, "
        "such as 2023-01-23",
    ),
    "a year of two digits too many": (
        (RUN, "ends = 2023-03-31", "ends = 9999-03-31"),
        "runs/2023.toml:4: ends: '9999-03-31' — must be a date without quotes and without a time, such as 2023-01-23",
    ),
    "an unknown topic": (
        (RUN, "topic = 2", "topic = 13"),
        "runs/2023.toml:11: plan[1].topic: '13' — must be the number of a topic in course.toml, from 1 to 2",
    ),
    "classes out of order": (
        (RUN, "date = 2023-01-16\n\n[[plan]]\n", "date = 2023-01-24\n[[plan]]\ndate = 2023-01-23\n"),
        "runs/2023.toml:10: plan[1].date: '2023-01-23' — must not be before the class above it, 2023-01-24",
    ),
    "the end before the start": (
        (RUN, "ends = 2023-03-31", "ends = 2022-03-31"),
        "runs/2023.toml:4: ends: '2022-03-31' — must not be before the start, 2023-01-16",
    ),
    "a day after the end": (
        (RUN, "issued = 2023-01-23", "issued = 2024-01-23"),
        "runs/2023.toml:16: homework[0].issued: '2024-01-23' — must not be after the run ends, 2023-03-31",
    ),
    "an assignment in two homeworks": (
        (RUN, 'slug = "optimization"', 'slug = "dropout"'),
        "runs/2023.toml:32: homework[1].assignments[1].slug: 'dropout' — "
        "must come once, it is also homework[1].assignments[0].slug",
    ),
    "homework out of number": (
        (RUN, "number = 2", "number = 3"),
        "runs/2023.toml:23: homework[1].number: '3' — "
        "must be 2: each homework has the number after the one above it, from 1",
    ),
    "homework without assignments": (
        (RUN, '[[homework.assignments]]\nslug = "activations"\npoints = 1.5\n', "assignments = []\n"),
        "runs/2023.toml:18: homework[0].assignments: '[]' — must not be empty",
    ),
    "an announced assignment without a title": (
        (RUN, 'title = "Dropout"\n', ""),
        "runs/2023.toml:26: homework[1].assignments[0].title: is required while there is no "
        "homework/dropout/assignment.toml to take it from",
    ),
    "an automat that nobody could get": (
        (COURSE, "O_hw >= 2", "O_hw >= 6"),
        "runs/2023.toml:13: homework: nobody could get the automat: with all 2.5 counted points formula.automat.when, "
        "'O_hw >= 6', isn't met",
    ),
    "a run whose slug is not its file's name": (
        (RUN, 'slug = "2023"', 'slug = "2024"'),
        "runs/2023.toml:1: slug: '2024' — must be the name of its file, '2023'",
    ),
    # assignments
    "an assignment whose slug is not its folder's name": (
        (ASSIGNMENT, 'slug = "activations"', 'slug = "relu"'),
        "homework/activations/assignment.toml:1: slug: 'relu' — must be the name of its folder, 'activations'",
    ),
    "an assignment about an unknown topic": (
        (ASSIGNMENT, "topic = 2", "topic = 3"),
        "homework/activations/assignment.toml:5: topic: '3' — "
        "must be the number of a topic in course.toml, from 1 to 2",
    ),
    "a required name that comes twice": (
        (ASSIGNMENT, '"MyELU"', '\n"MyReLU"'),
        "homework/activations/assignment.toml:7: requires[1]: 'MyReLU' — must come once, it is also requires[0]",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_mistake_is_one_problem(root: Path, edit: Edit, mistake: str) -> None:
    change, expected = MISTAKES[mistake]
    edit(*change)
    assert problems_in(root) == [expected]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "notebook.py",
            "homework/activations/notebook.py: there is no such file: the source of the notebook",
        ),
        (
            "probes.py",
            "homework/activations/probes.py: there is no such file: what runs beside the student's code",
        ),
        ("tests/test_relu.py", "homework/activations/tests: there is no test_*.py: what the judge runs"),
        ("assignment.toml", "homework/activations/assignment.toml: there is no such file"),
    ],
)
def test_an_assignment_has_all_its_files(root: Path, path: str, expected: str) -> None:
    (root / "homework/activations" / path).unlink()
    assert problems_in(root) == [expected]


def test_all_problems_of_all_files_come_at_once_in_the_order_of_their_places(root: Path, edit: Edit) -> None:
    edit(COURSE, 'language = "ru"', 'language = "fr"')
    edit(COURSE, "max_percent = 30", "max_percent = 300")
    edit(RUN, "points = 1.5", "points = 3")
    edit(RUN, "bonus = true", "bonus = 1")
    edit(ASSIGNMENT, "points = 1.50", "points = 0")
    (root / "runs/2024.toml").write_text("slug = 2024\n", encoding="utf-8")
    assert [problem.partition(" ")[0] for problem in problems_in(root)] == [
        "course.toml:3:",
        "course.toml:8:",
        "homework/activations/assignment.toml:4:",
        "runs/2023.toml:35:",
        "runs/2024.toml:1:",
        "runs/2024.toml:1:",
    ]


def test_what_one_file_says_is_compared_even_when_course_toml_is_broken(root: Path, edit: Edit) -> None:
    edit(COURSE, 'language = "ru"', 'language = "fr"')
    edit(RUN, "points = 1.5", "points = 1")
    assert len(problems_in(root)) == 2


def test_long_and_unprintable_values_are_shown_on_one_short_line(root: Path, edit: Edit) -> None:
    edit(COURSE, 'slug = "dl"', 'slug = "a\\nb\\u001b' + "c" * 100 + '"')
    (problem,) = problems_in(root)
    assert f"'a\\nb\\x1b{'c' * 51}…'" in problem
