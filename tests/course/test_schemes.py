"""What courses do with points: each scheme is a run file, its grades were computed by hand."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from kafedra.cli.course import course

SCHEMES = Path(__file__).parent / "schemes"
COURSE = """\
slug = "any"
title = "Any"
language = "en"
timezone = "Europe/Moscow"

[late]
percent_per_day = 10
max_percent = 30

[formula]
total = "O_hw"

"""
TOPICS = "".join(f'[[topics]]\nnumber = {n}\nslug = "topic-{n}"\ntitle = "Topic {n}"\n\n' for n in range(1, 5))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "course.toml").write_text(COURSE + TOPICS, encoding="utf-8")
    shutil.copytree(SCHEMES, tmp_path / "runs")
    return tmp_path


def graded(root: Path, run: str, values: str) -> dict[str, object]:
    """The last line of the command; `values` are `name=number` with spaces between."""
    settings = [word for value in values.split() for word in ("--set", value)]
    result = CliRunner().invoke(course, ["grade", run, *settings, "--json", "--course", str(root)])
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.output.splitlines()[-1])
    return found


EXAMPLES = [
    # 6 points are 10/12 · 6 = 5; one hundredth less, and the exam decides: 0.7 · 5.99 + 0.3 · 8
    ("2022", "hw5=4 hw2=2", ("5", 5, True)),
    ("2022", "hw5=4 hw2=1.99 exam=8", ("6593/1000", 7, False)),
    ("2022", "hw5=4 hw2=1.99", (None, None, False)),
    ("2022", "hw2=2 hw3=2 hw4=2 hw5=4 hw6=4", ("10", 10, True)),  # 10/12 · 14 is more than 10
    ("2022", "hw5=4 hw2=2 exam=10", ("36/5", 7, True)),  # 0.7 · 6 + 3 is better than the automat's 5
    # 2024: 10/20 · (1 + 3 + 2.5)
    ("2024", "hw1=1 hw10=3 hw11=2.5", ("13/4", 3, False)),
    ("2024", " ".join(f"hw{n}={m}" for n, m in enumerate((1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3), 1)), ("10", 10, False)),
    ("2024", "", ("0", 0, False)),
    # 2025: O_hw = 10/20 · 15 = 7.5; 0.9 · 7.5 + 0.1 · 6 = 7.35; with two bonuses O_hw is 11.5, and 10 the most
    ("2025", "hw1=4 hw2=4 hw3=4 hw4=3 exam=6", ("147/20", 7, False)),
    ("2025", "hw1=4 hw2=4 hw3=4 hw4=3 bonus1=4 bonus2=4 exam=6", ("10", 10, False)),
    ("2025", "hw1=4 hw2=4 hw3=4 hw4=3 bonus3=0 exam=7.5", ("15/2", 8, False)),  # 6.75 + 0.75 rounds up
    # 2026: 22 points and a bonus are still 8; each exam is one point, if its blitzes are passed
    ("2026", "hw1=4 hw2=4 hw3=4 hw4=5 hw5=5 bonus1=3 exam3=0 exam4=0", ("8", 8, False)),
    ("2026", "hw1=4 hw2=4 exam3=10 exam4=5 blitz_1=60 blitz_2=75 blitz_3=100 blitz_4=59.9", ("43/11", 4, False)),
    ("2026", "hw1=4 hw2=4 hw3=3 exam3=10 exam4=5 blitz_1=60 blitz_2=60 blitz_3=60 blitz_4=60", ("11/2", 6, False)),
    # out of 10 each: 10, 5, 7.5, 0; without the 0 the mean is 7.5
    ("lowest", "hw1=4 hw2=1 hw3=1.5", ("15/2", 8, False)),
    # small: (10 + 5)/2 = 7.5; large: 6/8 of 10 = 7.5; 0.2 · 7.5 + 0.5 · 7.5 + 0.3 · 4
    ("categories", "hw1=1 hw2=1 hw3=4 hw4=2 exam=4", ("129/20", 6, False)),
    ("threshold", "hw1=5 hw2=5 exam=3.99", ("3", 3, False)),  # 7.596 without the threshold
    ("threshold", "hw1=5 hw2=5 exam=4", ("38/5", 8, False)),
    ("threshold", "hw1=1 exam=2", ("7/5", 1, False)),
    # 0.8 · 5 + 10 % of 5 (blitzes 100, 100, 0, 0) + 0.1 · 9
    ("attendance", "hw1=4 blitz_1=100 blitz_2=100 attendance=90", ("27/5", 5, False)),
    ("attendance", "hw1=4", ("4", 4, False)),
    # the best three of 100, 85, 71, 50: 85.333…
    ("letters", "hw1=10 hw2=8.5 hw3=7.1 hw4=5", ("256/3", 85, False)),
]


@pytest.mark.parametrize(("run", "values", "expected"), EXAMPLES)
def test_a_scheme_gives_what_was_computed_by_hand(
    root: Path, run: str, values: str, expected: tuple[str | None, int | None, bool]
) -> None:
    found = graded(root, run, values)
    assert (found["total"], found["record"], found["automat"]) == expected


def test_2023_as_shipped() -> None:
    shipped = Path(__file__).parents[2] / "course"
    assert graded(shipped, "2023", "cv=4 activations=1 exam=8")["total"] == "59/10"  # 0.7 · 5 + 0.3 · 8
    assert graded(shipped, "2023", "cv=4 pytorch-basics=2")["total"] == "30/7"  # 10/14 · 6
    assert graded(shipped, "2023", "cv=4 activations=1 optimization=1")["automat"] is True  # a bonus helps to it


def test_admission_and_components_are_told(root: Path) -> None:
    found = graded(root, "2026", "hw1=4 exam3=10 exam4=5 blitz_1=60 blitz_2=59 blitz_3=100 blitz_4=100")
    assert found["admitted"] == {"exam3": False, "exam4": True}
    assert found["components"] == {"O_hw": "20/11", "exam3": "0", "exam4": "5"}
    assert found["total"] == str(Fraction(8, 10) * Fraction(20, 11) + Fraction(1, 2))


@pytest.mark.parametrize(("hw4", "letter"), [("10", "A"), ("8", "B"), ("5", None)])
def test_letters_are_of_the_exact_grade(root: Path, hw4: str, letter: str | None) -> None:
    values = {"10": "hw1=10 hw2=10 hw3=7 hw4=0", "8": "hw1=8 hw2=8 hw3=8 hw4=0", "5": "hw1=5 hw2=5 hw3=5 hw4=5"}[hw4]
    assert graded(root, "letters", values)["letter"] == letter


def test_halves_go_to_the_even_number_where_the_run_says_so(root: Path) -> None:
    assert graded(root, "letters", "hw1=10 hw2=9.5 hw3=9.25")["total"] == "575/6"
    assert graded(root, "letters", "hw1=9.6 hw2=9.6 hw3=9.15")["record"] == 94  # 94.5


def test_a_run_without_an_exam_has_no_word_of_it(root: Path) -> None:
    result = CliRunner().invoke(course, ["grade", "2024", "--set", "hw1=1", "--course", str(root)])
    assert "exam" not in result.output
    assert "automat" not in result.output


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("hw1", "must be NAME=NUMBER"),
        ("hw9=1", "unknown name 'hw9' — did you mean 'hw"),
        ("O_hw=1", "'O_hw' is computed"),
        ("hw2=3", "must be a number from 0 to 2"),
        ("hw2=-1", "must be a number from 0 to 2"),
        ("exam=nan", "must be a number from 0 to 10"),
        ("exam=1e999999999", "must be a number from 0 to 10"),
        ("blitz_1=101", "must be a number from 0 to 100"),
    ],
)
def test_what_cannot_be_set_is_refused(root: Path, setting: str, said: str) -> None:
    result = CliRunner().invoke(course, ["grade", "2022", "--set", setting, "--json", "--course", str(root)])
    assert result.exit_code == 2
    assert said in result.output


def test_an_unknown_run_is_told_which_there_are(root: Path) -> None:
    result = CliRunner().invoke(course, ["grade", "1999", "--course", str(root)])
    assert result.exit_code == 2
    assert "There is no run '1999'. There are: 2022, 2024" in result.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('total = "0.7 * O_hw + 0.3 * exam"', 'total = "0.7 * O_hw + 0.3 * exm"',
         "runs/2022.toml:6: formula.total: '0.7 * O_hw + 0.3 * exm' — column 20: unknown name 'exm' — did you mean"),
        ("10/12 * O_hw", "10/(exam) * O_hw", "column 3: division by zero: what stands below goes from 0 to 10"),
        ("O_hw >= 6", "O_hw >= 15", "nobody could get the automat"),
        ("[formula.marks.exam]", "[formula.marks.exam]\nmost = 0", "formula.marks.exam.most"),
        ("[formula.marks.exam]", "[formula.marks.exam]\nmots = 5", "unknown key — did you mean 'most'?"),
    ],
)  # fmt: skip
def test_a_mistake_has_its_line_and_column(root: Path, old: str, new: str, said: str) -> None:
    path = root / "runs/2022.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    result = CliRunner().invoke(course, ["grade", "2022", "--course", str(root)])
    assert result.exit_code == 2
    assert said in result.output
