"""A statement that never ends, exits, or eats the memory costs the names that rest on it, and is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.grading.conftest import ROOT, Grade

from kafedra.course import load_assignment
from kafedra.grading import Grader

HALF = "\ndef half(x):\n    table\n    return x * 0.5\n"
DOUBLE = "\ndef double(x):\n    return x + x\n"
ENDINGS = {
    "endless": ("while True: pass", "timeout", "«table = make()» выполняется дольше 1 с"),
    "exits": ("os._exit(3)", "crashed", "«table = make()» завершает процесс (код 3)"),
    "eats the memory": ("[os.fork() or eat() for _ in range(2)]; os.wait()", "memory", "не хватает памяти"),
    "crashes": ("import ctypes; ctypes.string_at(0)", "crashed", "сигнал SIGSEGV"),
}


@pytest.fixture
def patient(grader: Grader, tmp_path: Path) -> Grade:
    """`grade` with ten seconds to load: on a busy machine memory has to be there before the time is up."""
    root = shutil.copytree(ROOT, tmp_path / "halves", ignore=shutil.ignore_patterns("__pycache__"))
    text = (root / "assignment.toml").read_text(encoding="utf-8")
    (root / "assignment.toml").write_text(text.replace("load_seconds = 1.0", "load_seconds = 10.0"), encoding="utf-8")
    assignment = load_assignment(root)
    return lambda text: grader.grade(assignment, {"halves.py": text.encode()})


def code(ending: str) -> str:
    # all pages at once, which is quickest
    flags = "mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE"
    eat = f"def eat():\n    full = mmap.mmap(-1, 220 * 2**20, {flags})\n    time.sleep(60)\n    os._exit(len(full))\n"
    return f"import mmap, os, time\n{eat}def make():\n    {ending}\n\ntable = make()\n{HALF}{DOUBLE}"


@pytest.mark.parametrize(("ending", "outcome", "words"), ENDINGS.values(), ids=ENDINGS.keys())
def test_the_name_that_rests_on_it_is_lost_and_no_other(grade, patient, ending, outcome, words):
    report = (patient if outcome == "memory" else grade)(code(ending))
    half, double, hidden = report.tests
    assert (half.outcome, double.outcome, hidden.outcome) == (outcome, "passed", outcome)
    place, what, name = half.message.partition(": ")[0], half.message.splitlines()[0], half.message.splitlines()[1]
    assert place == "halves.py:9"
    assert words in what
    assert "не загрузить half" in name
    assert hidden.message == half.message
    assert "обмен" not in half.message
    assert "предыдущих" not in half.message


@pytest.mark.parametrize(
    "ending", ["raise SystemExit(1)", "exit()", "quit()", "raise KeyboardInterrupt", "1 / 0", "bytearray(2**40)"]
)
def test_what_is_only_raised_costs_what_asks_for_it(grade, ending):
    report = grade(code(ending).replace("    table\n", "    lambda: table\n"))
    assert [test.outcome for test in report.tests] == ["passed"] * 3
    half = grade(code(ending)).tests[0]
    assert half.outcome == "error"
    assert "NameError: name 'table' is not defined" in half.message
    assert "halves.py:9: «table = make()» завершается исключением" in half.message


def test_what_only_changes_a_table_is_left_out_and_named(grade):
    code = "import os\ntable = {}\nfor n in range(3):\n    table[n] = os._exit(n)\n"
    report = grade(code + HALF + DOUBLE)
    assert report.points == 1
    [note] = report.notes
    assert note.startswith("halves.py:3: «for n in range(3):» завершает процесс (код 0)")


def test_many_that_never_end_leave_the_others_their_time(grade):
    loops = "\n".join(f"while not table{n}:\n    table{n}.clear()" for n in range(12))
    tables = "\n".join(f"table{n} = []" for n in range(12))
    names = ", ".join(f"table{n}" for n in range(12))
    report = grade(f"{tables}\n{loops}\ndef half(x):\n    {names}\n    return x * 0.5\n{DOUBLE}")
    assert [test.outcome for test in report.tests] == ["timeout", "passed", "timeout"]


def test_a_name_asked_for_by_a_list_is_loaded_when_the_probe_reaches_it(grade):
    report = grade("def half(x):\n    return globals()['double'](x) * 0.25\n" + DOUBLE)
    assert report.points == 1
