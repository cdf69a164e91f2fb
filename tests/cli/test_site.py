"""``kafedra course build``: what stops it, each time, and that nothing is written then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.course.conftest import COURSE
from tests.course.topic_files import SEMINAR, write_topic

RUN = 'slug = "2023"\ntitle = "2023"\n\n[site]\npublic = true\n\n[[plan]]\ntopic = 1\n'


def build(course: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith(("KAFEDRA", "DJANGO"))}
    command = [sys.executable, "-m", "kafedra", "course", "build", "--course", str(course), "-o", str(out), *options]
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False)


def course_in(folder: Path, *, run: str = RUN, **changed: str) -> Path:
    course = folder / "course"
    (course / "runs").mkdir(parents=True)
    (course / "course.toml").write_text(COURSE, encoding="utf-8")
    (course / "runs" / "2023.toml").write_text(run, encoding="utf-8")
    write_topic(course, **changed)
    return course


def test_a_failed_cell_fails_the_build_each_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    course = course_in(tmp_path, seminar_py=SEMINAR + '\n# %%\nraise ValueError("the cell that fails")\n')
    for _again in range(2):
        done = build(course, out)
        assert done.returncode == 1
        assert "01-backprop, cell 6: ValueError: the cell that fails" in done.stderr
        assert "Traceback" in done.stderr
        assert not out.exists()


def test_the_site_is_written_and_then_nothing_changes(tmp_path: Path) -> None:
    course, out = course_in(tmp_path), tmp_path / "out"
    first = build(course, out)
    assert first.returncode == 0, first.stderr
    assert "executed in" in first.stdout
    assert (out / "2023" / "topics" / "backprop" / "seminar" / "index.html").is_file()
    again = build(course, out)
    assert "nothing has changed" in again.stdout
    assert ", 0 of them changed, in " in again.stdout
    assert "Sign in" not in (out / "index.html").read_text("utf-8")


def test_a_course_without_a_public_run_says_what_to_do(tmp_path: Path) -> None:
    done = build(course_in(tmp_path, run=RUN.replace("true", "false")), tmp_path / "out")
    assert done.returncode == 1
    assert "No run shows its site to everybody: say [site] public = true in its file, or --run." in done.stderr
    unknown = build(tmp_path / "course", tmp_path / "out", "--run", "1999")
    assert "There is no run '1999'" in unknown.stderr
