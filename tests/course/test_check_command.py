"""`kafedra course check`: problems as a compiler prints them, then a summary; 0, 1 or 2."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kafedra.cli.course import course

Edit = Callable[[str, str, str], None]


def check(folder: Path) -> Result:
    return CliRunner().invoke(course, ["check", "--course", str(folder)])


def test_all_is_well(root: Path) -> None:
    result = check(root)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "note: run 2023: 'dropout' is announced, homework/dropout is not written yet",
        "note: run 2023: 'optimization' is announced, homework/optimization is not written yet",
        "Deep learning: 2 topics, written: 0; assignments written: 1; runs: 1",
        "run 2023: 2 homework, 3 assignments (1 written, 2 announced), 2.5 counted points + 1 bonus",
    ]


def test_an_assignment_that_no_run_gives_out_is_worth_a_note(root: Path, edit: Edit) -> None:
    edit("runs/2023.toml", 'slug = "activations"', 'slug = "activatons"\ntitle = "Activations"')
    result = check(root)
    assert result.exit_code == 0
    assert "note: homework/activations: no run gives it out" in result.output.splitlines()


def test_two_of_one_title_are_worth_a_note(root: Path, edit: Edit) -> None:
    edit("runs/2023.toml", 'title = "Dropout"', 'title = "activation  functions"')
    (note,) = (line for line in check(root).output.splitlines() if "title" in line)
    told = "activations, dropout have one title, 'Activation functions': in tables their names stand behind it"
    assert note == f"note: run 2023: {told}"


def test_problems_with_a_path_that_an_editor_can_open(root: Path, edit: Edit) -> None:
    edit("runs/2023.toml", "points = 1.5", "points = -1")
    (root / "lecture.md").write_text("[a](gone.md)\n", encoding="utf-8")
    result = check(root)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{(root / 'runs/2023.toml').as_posix()}:20: homework[0].assignments[0].points: "
        "'-1' — must be a number from 0 to 1000 with at most 2 decimals",
        f"{(root / 'lecture.md').as_posix()}:1: link: 'gone.md' — leads to a file that is not there",
        "2 problems",
    ]


def test_a_broken_link_alone_is_a_problem(root: Path) -> None:
    (root / "lecture.md").write_text("[a](gone.md)\n", encoding="utf-8")
    result = check(root)
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "1 problem"


def test_no_course_there(tmp_path: Path) -> None:
    result = check(tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "There is no course in" in result.output


def test_the_folder_is_course_or_this_one_unless_told_otherwise(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAFEDRA_COURSE", raising=False)
    monkeypatch.chdir(root)
    assert CliRunner().invoke(course, ["check"]).exit_code == 0
    (root / "course").mkdir()
    monkeypatch.chdir(root / "course")
    assert CliRunner().invoke(course, ["check"]).exit_code == 2
    monkeypatch.setenv("KAFEDRA_COURSE", str(root))
    assert CliRunner().invoke(course, ["check"]).exit_code == 0
