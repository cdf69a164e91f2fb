"""A rule for an exam that can't be followed is told of by `kafedra course check`, before anybody draws by it."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from kafedra.course import CourseError, dump_run, load_course
from kafedra.exam.checking import rule_problems

COURSE = Path(__file__).parents[2] / "course"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COURSE, tmp_path / "course", ignore=shutil.ignore_patterns("_*", ".*")))


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_shipped_rules_can_be_followed() -> None:
    assert list(rule_problems(load_course(COURSE))) == []


def test_a_mark_that_the_formula_lacks_and_a_bank_that_has_too_little(folder: Path) -> None:
    run = folder / "runs" / "2023.toml"
    replaced(run, '[[exam]]\nmark = "exam"', '[[exam]]\nmark = "oral"')
    replaced(run, 'kind = "practice"\ncount = 2', 'kind = "practice"\ncount = 999')
    wrong, few = rule_problems(load_course(folder))
    assert (str(wrong.file), wrong.value) == ("runs/2023.toml", "oral")
    assert "one that the formula names: exam" in wrong.message
    assert "no paper can be drawn" in few.message


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('slug = "adam"', 'slug = "momentum"', "must come once"),
        ("topics = [1, 2, 3, 4]", "topics = [1, 77]", "numbers of topics"),
        ("[[cards]]", "[[card]]", "card"),
    ],
)
def test_cards_of_an_oral_part_are_checked_too(folder: Path, old: str, new: str, told: str) -> None:
    replaced(folder / "exam" / "tickets" / "module-1.toml", old, new)
    with pytest.raises(CourseError) as error:
        load_course(folder)
    assert told in str(error.value)
    assert "exam/tickets/module-1.toml" in str(error.value)


def test_a_rule_for_two_markers_reads_back_as_itself(folder: Path) -> None:
    run = folder / "runs" / "2023.toml"
    replaced(run, 'mark = "exam"\nminutes', 'mark = "exam"\nmarkers = 2\ndiffer = 0.5\nminutes')
    known = load_course(folder).runs["2023"]
    assert (known.exams[0].markers, known.exams[0].differ) == (2, Decimal("0.5"))
    run.write_text(dump_run(known), "utf-8")
    assert load_course(folder).runs["2023"].exams == known.exams


def test_more_than_two_markers_are_refused(folder: Path) -> None:
    replaced(folder / "runs" / "2023.toml", 'mark = "exam"\nminutes', 'mark = "exam"\nmarkers = 3\nminutes')
    with pytest.raises(CourseError, match="markers"):
        load_course(folder)
