"""`kafedra demo`: the example run, as somebody who has just cloned the repository sees it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.grading.environments import make_environment
from tests.journeys.server import COURSE, KAFEDRA, SMALL_ASSIGNMENT

FORBIDDING = str(Path(__file__).parents[1] / "walls" / "forbidding.py")
PUSHED = ("activations", "weight-init")
pytestmark = pytest.mark.timeout(1200)  # a run draws the pictures of two notebooks and warms two processes


def demo(
    data: Path, students: int = 3, under: Sequence[str] = (), course: Path = COURSE, **variables: str
) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KAFEDRA_", "DJANGO_"))}
    clean |= {"KAFEDRA_WORKERS": "1", "KAFEDRA_BUILD_TOPICS": "false", **variables}  # each takes seconds to warm up
    command = [
        *under,
        KAFEDRA,
        "demo",
        "--once",
        "--students",
        str(students),
        "--port",
        "0",
        "--data",
        data,
        "--course",
        course,
    ]
    return subprocess.run(command, env=clean, capture_output=True, text=True, timeout=550, check=False)


def test_it_shows_a_push_a_table_and_where_to_look_and_can_be_repeated(tmp_path: Path) -> None:
    shown = demo(tmp_path / "demo")
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert "Сигмоида" in shown.stdout
    assert "× (1 − 0,2)" in shown.stdout, "the push on the screen is late, with the arithmetic"
    assert "6 graded" in shown.stdout
    assert "reviews: 3 published; waiting: 3 new, 1 asked" in shown.stdout
    assert "/demo/gradebook/" in shown.stdout
    assert "/demo/reviews/" in shown.stdout
    assert "/demo/blitz/2/" in shown.stdout, "the one to play: the first was played"
    assert "kafedra-demo" in shown.stdout
    assert re.search(r"new student yourself.*\n +http://\S+/invite/\S+/", shown.stdout)
    assert "Traceback" not in shown.stderr
    again = demo(tmp_path / "demo", students=1)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "$ git push" in again.stdout
    assert "2 graded" in again.stdout
    assert "Traceback" not in again.stderr


def test_where_there_is_no_sandbox_it_says_so_once_and_stops(tmp_path: Path) -> None:
    said = demo(tmp_path / "demo", 1, [sys.executable, FORBIDDING, "EPERM", "unshare"], KAFEDRA_WORKERS="2")
    expect_one_cause(said, "a filter of system calls forbids")


def test_where_no_grader_starts_it_says_so_once_and_stops(tmp_path: Path) -> None:
    course = shutil.copytree(COURSE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))
    python = make_environment(tmp_path / "environment", {"reads_users": "open('/etc/passwd').close()"})
    shutil.rmtree(course / "homework")  # announced, not written: each that is written would be looked at first
    for slug in PUSHED:
        folder = shutil.copytree(SMALL_ASSIGNMENT, course / "homework" / slug)
        description = (folder / "assignment.toml").read_text("utf-8").replace('"activations"', f'"{slug}"')
        text = re.sub(r"^preload = .*\n|^\[environment\]\n", "", description, flags=re.MULTILINE)
        own = f'\n[environment]\npreload = ["reads_users"]\npython = "{python}"\n'
        (folder / "assignment.toml").write_text(text + own, "utf-8")
    said = demo(tmp_path / "demo", 1, course=course, KAFEDRA_WORKERS="2")
    expect_one_cause(said, "reads_users loads on this machine, but not in the sandbox")


def test_a_course_without_the_homework_that_it_plays_is_told(tmp_path: Path) -> None:
    course = shutil.copytree(COURSE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__", "weight-init"))
    expect_one_cause(demo(tmp_path / "demo", 1, course=course), "weight-init is not written in this course")


def expect_one_cause(said: subprocess.CompletedProcess[str], cause: str) -> None:
    assert said.returncode == 1, said.stdout + said.stderr
    assert said.stderr.count(cause) == 1, said.stderr
    assert "nothing can be graded here" in said.stderr
    assert "kafedra doctor" in said.stderr
    assert "Traceback" not in said.stderr
    assert "git push" not in said.stdout.replace("git push: ", "")
    assert "O_hw" not in said.stdout


def test_a_terminal_that_is_closed_stops_it_as_ctrl_c_does(tmp_path: Path) -> None:
    """Killed on the spot, it would leave behind what it has started: seminars that are executed for minutes."""
    process = subprocess.Popen(
        [KAFEDRA, "demo", "--once", "--port", "0", "--data", tmp_path / "demo", "--course", COURSE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # noqa: PLW1509  # takes no lock; tests may run under nohup
    )
    assert process.stdout is not None
    assert "Setting up a server" in process.stdout.readline()
    process.send_signal(signal.SIGHUP)
    _, said = process.communicate(timeout=200)
    assert (process.returncode, said.strip()) == (0, "")


def test_it_never_empties_a_folder_that_it_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("four years of work")
    refused = demo(tmp_path)
    assert refused.returncode == 1
    assert "the demo did not make" in refused.stderr
    assert (tmp_path / "thesis.tex").exists()
