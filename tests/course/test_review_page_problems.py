"""`kafedra course check` on `review.md`: what the author surely meant otherwise, with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from kafedra.cli.course import course
from kafedra.course import Problem, authoring_problems

GOOD = """\
# Ревью

Смотрите на **циклы**.

| что | снять | почему |
|---|---|---|
| цикл по элементам | 0,2 | медленно |
| списано | всё за слой | по правилам |

## Комментарии про запас

- `nice` — Так и надо.

### О картинках

- «Подпишите оси».
"""
FILE = Path("homework/activations/review.md")


def problems(root: Path, text: str) -> list[Problem]:
    (root / FILE).write_text(text, encoding="utf-8")
    return [one for one in authoring_problems(root) if one.file == FILE]


def test_a_good_page_has_none(root: Path) -> None:
    assert problems(root, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("| 0,2 |", "| 0,25,1 |", 7, "must begin with a number of points"),
        ("| 0,2 |", "| О,2 |", 7, "or be words without digits"),
        ("| 0,2 |", "| до 0,2 |", 7, "must begin with a number"),
        ("| 0,2 |", "| 0,1–0,2 |", 7, "hold no other"),
        ("| 0,2 |", "| 0,125 |", 7, "at most 2 decimals"),
        ("| 0,2 |", "| |", 7, "must begin with a number"),
        ("| 0,2 |", "| 1,6 |", 7, "must be at most 1.50, which is all that the assignment is worth"),
        ("| 0,2 | медленно |", "| 0,2 |", 7, "must have 3 cells like the head of the table"),
        ("| медленно |", "| `a | b` |", 7, "a bar inside a cell is written \\|"),
        ("| цикл по элементам | 0,2 | медленно |", "| | 0,2 | |", 7, "must have words beside them"),
        ("|---|---|---|\n", "", 5, "must be followed by a line such as |---|---|"),
        ("- `nice` — Так и надо.", "Так и надо.", 12, "must be an item of the list"),
        ("- «Подпишите оси».", "- «Подпишите оси.", 16, "each « must have its »"),
        ("- «Подпишите оси».", "- «».", 16, "must have words"),
        ("- «Подпишите оси».", "- Так и надо.", 16, "it is also on line 12"),
        ("- `nice` — Так и надо.\n\n### О картинках\n\n- «Подпишите оси».\n", "", 10, "must hold a list of comments"),
    ],
)
def test_each_slip_names_its_line(root: Path, old: str, new: str, line: int, words: str) -> None:
    assert GOOD.count(old) == 1
    (found,) = problems(root, GOOD.replace(old, new))
    assert (found.line, words in found.message) == (line, True), found


def test_a_page_that_is_no_text_is_a_problem_and_not_a_crash(root: Path) -> None:
    (root / FILE).write_bytes("# Ревью\n\nЦикл".encode("cp1251"))
    (found,) = authoring_problems(root)
    assert (found.file, "UTF-8" in found.message) == (FILE, True)


def test_the_command_prints_them_with_the_others(root: Path) -> None:
    problems(root, GOOD.replace("0,2", "9"))
    result = CliRunner().invoke(course, ["check", "--course", str(root)])
    assert result.exit_code == 1
    assert f"{(root / FILE).as_posix()}:7: points off: '{Decimal(9)}' — must be at most 1.50" in result.output
