"""What the operator's commands say, before a server runs and beside one."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.journeys.browser import Browser, text_of
from tests.journeys.conftest import Begun
from tests.journeys.server import COURSE, LATE_RUN, OPEN_RUN, Server
from tests.journeys.student import Student

SMALL = True


@pytest.fixture
def idle(tmp_path: Path, course: Path, begun: Begun) -> Server:
    """A data folder that was used before, a course, and no server."""
    return Server(tmp_path / "data", course, begun=begun(course))


@pytest.fixture
def empty(tmp_path: Path, course: Path) -> Server:
    """A data folder without a database, a course, and no server."""
    return Server(tmp_path / "data", course)


def test_the_doctor_finds_this_machine_well(idle: Server) -> None:
    found = idle.run("doctor", "--json")
    assert found.returncode == 0, found.stdout
    findings = {one["what"]: one for one in json.loads(found.stdout)}
    assert {"sandbox", "git", "git http-backend", "data folder", "disk", "database", "course"} <= set(findings)
    assert all(one["health"] in {"ok", "warn"} for one in findings.values())
    assert findings["database"]["detail"] == "sqlite, up to date"


def test_the_doctor_names_data_that_students_code_could_read(idle: Server) -> None:
    with tempfile.TemporaryDirectory(dir=sys.prefix) as shown:
        found = idle.run("doctor", "--data", shown)
    assert found.returncode == 1
    assert "which students' code can read" in found.stdout
    assert "set KAFEDRA_DATA" in found.stdout


def test_the_doctor_names_a_broken_course_and_how_to_see_more(idle: Server, tmp_path: Path) -> None:
    idle.course = broken_course(tmp_path)
    found = idle.run("doctor")
    assert found.returncode == 1
    assert "✗ course" in found.stdout
    assert "kafedra course check" in found.stdout
    assert "Traceback" not in found.stdout + found.stderr


def test_a_broken_course_stops_the_start_with_its_line(idle: Server, tmp_path: Path) -> None:
    idle.course = broken_course(tmp_path)
    said = idle.run("serve", "--port", "0")
    assert said.returncode == 1
    assert "course.toml:" in said.stderr
    assert "percent_per_day" in said.stderr
    assert "Traceback" not in said.stderr


def broken_course(folder: Path) -> Path:
    copy = folder / "course"
    shutil.copytree(COURSE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    file = copy / "course.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("percent_per_day = 10", "percent_per_day = -10"))
    return copy


@pytest.mark.parametrize("command", ["serve --port 0", "doctor", "invite --run 2023"])
def test_a_wrong_setting_is_named(idle: Server, command: str) -> None:
    idle.settings["KAFEDRA_WORKERS"] = "several"
    said = idle.run(*command.split())
    assert said.returncode == 1
    assert "KAFEDRA_WORKERS: 'several'" in said.stderr
    assert "Traceback" not in said.stderr


def test_an_invitation_to_no_run_lists_those_there_are(idle: Server) -> None:
    said = idle.run("invite", "--run", "1923")
    assert said.returncode == 1
    assert "there is no run '1923'" in said.stderr
    assert LATE_RUN in said.stderr


def test_commands_that_begin_at_once_on_an_empty_folder_wait_for_each_other(empty: Server) -> None:
    roles = ("student", "instructor")
    with ThreadPoolExecutor(len(roles)) as together:
        done = list(together.map(lambda role: empty.run("invite", "--run", LATE_RUN, "--role", role), roles))
    assert [(one.returncode, one.stderr) for one in done if one.returncode] == []


def test_an_invitation_made_beside_a_running_server_leads_to_it(server: Server) -> None:
    link = server.invite("assistant", LATE_RUN)
    assert link.startswith(server.base_url)
    assert "Вас приглашают" in text_of(Browser(server.base_url).get(link))


def test_a_changed_deadline_waits_for_an_instructor_and_the_start_says_so(idle: Server) -> None:
    file = idle.data / "runs" / f"{OPEN_RUN}.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("T23:59:59", "T20:30:00", 1), encoding="utf-8")
    idle.start()
    try:
        assert f"run '{OPEN_RUN}': new deadlines" in "".join(idle.log)
        student = Student(idle, "anna", OPEN_RUN)
        page = text_of(student.browser.get(f"{idle.base_url}/{OPEN_RUN}/assignments/activations/"))
        assert "23:59" in page
        assert "20:30" not in page
    finally:
        idle.stop()


def test_a_folder_without_a_servers_data_is_named_before_anything_is_made_there(empty: Server) -> None:
    shutil.rmtree(empty.data)
    for command in (["assignment", "publish", "activations"], ["regrade", "activations"]):
        done = empty.run(*command, "--run", OPEN_RUN, "--dry-run")
        assert done.returncode == 1
        assert f"there is no server's data in {empty.data}: name the server's own folder with --data" in done.stderr
    assert not empty.data.exists()
    made = empty.run("invite", "--run", LATE_RUN)
    assert made.returncode == 0, made.stderr
    assert f"for a server that is started on {empty.data}" in made.stderr
    assert not empty.run("invite", "--run", LATE_RUN).stderr
