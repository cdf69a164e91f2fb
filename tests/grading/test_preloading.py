"""What modules do while they are preloaded has a place that no submission sees; what can't be loaded is named."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.grading.environments import make_environment
from tests.security.leftovers import descendants

from kafedra.course import Assignment, Environment, load_assignment
from kafedra.grading import Grader, SandboxUnavailable

# all that libraries are known to do when they are imported
RESTLESS = """
import ctypes.util, os, pathlib, subprocess, sys, tempfile, threading

LIBRARY = ctypes.util.find_library("c")  # asks ldconfig, or a compiler, which needs a temporary file
with tempfile.NamedTemporaryFile(prefix="restless-", delete=False) as file:
    file.write(b"restless")
TEMPORARY = file.name
CACHE = pathlib.Path.home() / ".cache" / "restless"
CACHE.mkdir(parents=True)
(CACHE / "index").write_text("restless")
THREAD = threading.Thread(target=threading.Event().wait, daemon=True)
THREAD.start()
STATUS = subprocess.run([sys.executable, "-I", "-c", "raise SystemExit(3)"]).returncode
CHILD = subprocess.Popen([sys.executable, "-I", "-c", "import time; time.sleep(600)"])
"""

CURIOUS = b"""
import json, os, pathlib, restless

def half(x):
    print(json.dumps({
        "library": restless.LIBRARY,
        "status": restless.STATUS,
        "temporary": os.path.exists(restless.TEMPORARY),
        "cache": restless.CACHE.exists(),
        "thread": restless.THREAD.is_alive(),
        "files": [str(path) for path in pathlib.Path("/tmp").glob("restless-*")],
        "writes": pathlib.Path(restless.TEMPORARY).write_text("mine"),
    }))
    return x * 0.5

def double(x):
    return x + x
"""

UNLOADABLE = {
    "wrong": "import tempfile\nraise ValueError('the wrong\\nversion')",
    "dying": "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)",
    "leaving": "raise SystemExit(7)",
    "homesick": "open('/etc/passwd')",
}


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter with modules of bad manners. It lies below /tmp, where submissions have a place of their own."""
    return make_environment(tmp_path_factory.mktemp("manners"), {"restless": RESTLESS, **UNLOADABLE})


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def plain() -> Assignment:
    return load_assignment(Path(__file__).parent / "plain")


def commands() -> Iterator[str]:
    for pid in descendants(os.getpid()):
        try:
            yield Path(f"/proc/{pid}/cmdline").read_text()
        except OSError:
            continue


def test_nothing_of_what_a_module_did_is_seen_by_a_submission(plain: Assignment, python: Path, temporary: Path) -> None:
    with Grader(Environment(preload=("restless",), python=str(python))) as grader:
        assert not [command for command in commands() if "sleep" in command]
        reports = [grader.grade(plain, {"halves.py": CURIOUS}) for _ in range(2)]
        assert not list(Path("/tmp").glob("restless-*"))  # the machine's own
        assert list(temporary.rglob("restless-*")), "the judge writes to a folder of its grader's"
    nothing = {"temporary": False, "cache": False, "thread": False, "files": []}
    for report in reports:
        assert report.points == 1, report
        found = [json.loads(line) for line in report.output.splitlines()]
        assert found[0] == {"library": "libc.so.6", "status": 3, "writes": 4, **nothing}
    assert not list(temporary.iterdir())
    assert not (Path.home() / ".cache" / "restless").exists()


@pytest.mark.parametrize(
    ("module", "says"),
    [
        ("absent", "absent can't be loaded by {python}: ModuleNotFoundError: No module named 'absent'. Install it"),
        ("wrong", "wrong can't be loaded by {python}: ValueError: the wrong version. Find out why ({python} -c"),
        ("dying", "dying can't be loaded by {python}: the process that loads it ends with SIGSEGV. Find out why"),
        ("leaving", "leaving can't be loaded by {python}: SystemExit: 7. Find out why"),
        (
            "homesick",
            "homesick loads on this machine, but not in the sandbox: FileNotFoundError: [Errno 2] No",
        ),
    ],
)
def test_a_module_that_cannot_be_loaded_is_named_in_one_line(python: Path, module: str, says: str) -> None:
    with pytest.raises(SandboxUnavailable) as caught:
        Grader(Environment(preload=("json", module), python=str(python))).start()
    text = str(caught.value)
    assert text.startswith(says.format(python=python))
    assert text.endswith(f"or take {module} out of preload in assignment.toml")
    assert "\n" not in text
