"""otter-grader and nbgrader, each in an environment of its own, graded by their own commands."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from benchmarks.grading.homework import SOLUTION, TESTS, cell, comparison, notebook

ENVIRONMENTS: Final = Path.home() / ".cache" / "kafedra" / "bench"
VERSIONS: Final = {"otter": "otter-grader==7.0.0", "nbgrader": "nbgrader==0.9.6"}


def install(name: str) -> Path:
    """The ``bin`` folder of a peer's environment; created on first use (minutes)."""
    root = (ENVIRONMENTS / name).resolve()
    if not (root / "bin" / name).exists():
        print(f"installing {VERSIONS[name]} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", root], check=True)
        packages = ["torch==2.13.0", VERSIONS[name], "ipykernel"]
        subprocess.run([root / "bin" / "pip", "install", "--quiet", *packages], check=True)
    return root / "bin"


def unpacked(name: str) -> Path:
    """The files of a peer's package alone, to be read and not run; fetched on first use (seconds)."""
    root = (ENVIRONMENTS / f"{name}-package").resolve()
    if not (root / name).exists():
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--target",
            root,
            VERSIONS[name],
        ]
        subprocess.run(command, check=True)
    return root / name


def otter_per_minute(folder: Path, submissions: int, workers: int) -> float:
    """Verdicts per minute of ``otter run``, ``workers`` of them at a time."""
    binaries = install("otter")
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for number, (mine, theirs) in enumerate(TESTS.items(), 1):
        (tests / f"q{number}.py").write_text(_otter_test(number, comparison(mine, theirs)))
    (folder / "homework.ipynb").write_text(notebook(cell(SOLUTION)))
    _run(binaries, folder, "otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-requirements")

    def grade(number: int) -> None:
        output = folder / f"out{number}"
        output.mkdir()
        _run(binaries, folder, "otter", "run", "-a", "autograder.zip", "-o", str(output), "--no-logo", "homework.ipynb")
        tests = json.loads((output / "results.json").read_text())["tests"]
        if sum(test.get("score", 0) for test in tests) != len(TESTS):
            raise RuntimeError(f"otter did not give full marks: {tests}")

    return _per_minute(grade, submissions, workers)


def nbgrader_per_minute(folder: Path, submissions: int) -> float:
    """Verdicts per minute of ``nbgrader autograde``, which takes its students one after another."""
    binaries = install("nbgrader")
    source = folder / "source" / "ps1"
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "bench"\n')
    (source / "ps1.ipynb").write_text(notebook(*_nbgrader_cells()))
    _run(binaries, folder, "nbgrader", "generate_assignment", "ps1", "--create")
    released = (folder / "release" / "ps1" / "ps1.ipynb").read_text()
    for number in range(submissions):
        submitted = folder / "submitted" / f"student{number}" / "ps1"
        submitted.mkdir(parents=True)
        (submitted / "ps1.ipynb").write_text(released)
    started = time.monotonic()
    _run(binaries, folder, "nbgrader", "autograde", "ps1", "--create")
    return submissions / (time.monotonic() - started) * 60


def _per_minute(grade: Callable[[int], None], submissions: int, workers: int) -> float:
    started = time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(grade, range(submissions)))
    return submissions / (time.monotonic() - started) * 60


def _run(binaries: Path, folder: Path, *command: str) -> None:
    environment = {"PATH": f"{binaries}:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def _otter_test(number: int, code: str) -> str:
    doctest = "\n".join(f">>> {line}" for line in code.splitlines())
    case = {"code": doctest, "hidden": False, "locked": False}
    suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": f"q{number}", "points": 1, "suites": [suite]}
    return f"OK_FORMAT = True\n\ntest = {test!r}\n"


def _nbgrader_cells() -> Sequence[dict[str, object]]:
    def marked(identity: str, *, grade: bool) -> dict[str, object]:
        marks: dict[str, object] = {"schema_version": 3, "grade_id": identity, "locked": grade, "grade": grade}
        return {"nbgrader": {**marks, "solution": not grade, "task": False, **({"points": 1} if grade else {})}}

    # no solution markers: what is "released" is the solved notebook, which each student then hands in
    solved = cell(SOLUTION, nbgrader={"schema_version": 3, "grade_id": "code", "locked": False, "grade": False,
                                            "solution": False, "task": False})  # fmt: skip
    tests = [cell(comparison(*pair), **marked(f"test{n}", grade=True)) for n, pair in enumerate(TESTS.items())]
    return [solved, *tests]
