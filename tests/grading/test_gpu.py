"""A GPU is there for the assignments that ask for it, and for no other; without one that is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kafedra.cli import main
from kafedra.course import Assignment, Environment
from kafedra.grading import Grader, NoGpu
from kafedra.grading.sandbox import gpu, wall
from kafedra.grading.sandbox.interpreter import find_interpreter
from kafedra.walls.plan import Plan


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A /dev with two cards."""
    for name in ("nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm", "nvidia-caps", "null"):
        (tmp_path / name).touch()
    return tmp_path


def test_cards_are_counted(devices: Path, tmp_path: Path) -> None:
    assert gpu.cards(devices) == (0, 1)
    (devices / "nvidiactl").unlink()
    assert gpu.cards(devices) == (), "without the driver's own door they are of no use"


def test_a_sandbox_sees_its_own_card_only(devices: Path) -> None:
    files = gpu.device_files(1, devices)
    assert files == tuple(str(devices / name) for name in ("nvidia1", "nvidiactl", "nvidia-uvm"))
    plan = Plan.from_json(wall.command(3, find_interpreter(None), (), 1, files)[-1])
    assert str(devices / "nvidia1") in plan.devices
    assert str(devices / "nvidia0") not in plan.devices


def test_without_being_asked_for_no_device_is_visible() -> None:
    command = " ".join(wall.command(3, find_interpreter(None), (), 1))
    assert "nvidia" not in command


@pytest.fixture
def no_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpu, "cards", lambda: ())


@pytest.fixture
def course(tmp_path: Path, assignment: Assignment) -> Path:
    """A course whose only assignment asks for a GPU."""
    root = tmp_path / "course" / "homework" / "halves"
    shutil.copytree(assignment.root, root, ignore=shutil.ignore_patterns("__pycache__"))
    toml = root / "assignment.toml"
    toml.write_text(toml.read_text("utf-8").replace("[environment]\n", "[environment]\ngpu = true\n"), "utf-8")
    return tmp_path / "course"


@pytest.mark.usefixtures("no_cards")
def test_a_machine_without_one_says_so() -> None:
    with pytest.raises(NoGpu, match="this machine has none"):
        Grader(Environment(gpu=True)).start()


@pytest.mark.usefixtures("no_cards")
def test_verify_skips_it_and_fails_nothing(course: Path) -> None:
    done = CliRunner().invoke(main, ["assignment", "verify", "--all", "--course", str(course)])
    assert done.exit_code == 0, done.output
    assert "halves: skipped, it needs a GPU" in done.output


@pytest.mark.usefixtures("no_cards")
def test_grade_is_honest_about_it(course: Path, tmp_path: Path, good: str) -> None:
    path = tmp_path / "mine.py"
    path.write_text(good, "utf-8")
    done = CliRunner().invoke(main, ["grade", "halves", str(path), "--course", str(course)])
    assert done.exit_code == 3
    assert "needs a GPU" in done.output


def test_other_assignments_use_none(assignment: Assignment) -> None:
    seen = "import os\nSEEN = os.listdir('/dev')\n"
    half = "def half(x):\n    assert 'nvidia0' not in SEEN\n    return x * 0.5\n"
    code = seen + half + "def double(x):\n    return x + x\n"
    with Grader(assignment.environment) as warm:
        report = warm.grade(assignment, {"halves.py": code.encode()})
    assert report.tests[0].outcome == "passed"
