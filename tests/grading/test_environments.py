"""An assignment may bring its own interpreter; a wrong one is named, with the way to mend it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kafedra.course import Environment
from kafedra.grading import Grader, SandboxUnavailable


@pytest.fixture(scope="module")
def other_python(tmp_path_factory) -> Path:
    """Another virtual environment, which sees this one's packages and has one module more."""
    root = tmp_path_factory.mktemp("other")
    root.chmod(0o755)  # the sandbox reads it as another user
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root], check=True)
    packages = next((root / "lib").glob("python*")) / "site-packages"
    ours = [path for path in sys.path if path.endswith(("site-packages", "src"))]
    source = str(Path(__file__).parents[2] / "src")
    (packages / "shared.pth").write_text("\n".join({*ours, source}))
    (packages / "only_here.py").write_text("FACTOR = 0.5\n")
    return root / "bin" / "python"


def test_another_interpreter_with_its_own_packages(assignment, other_python):
    code = b"from only_here import FACTOR\ndef half(x):\n    return x * FACTOR\ndef double(x):\n    return x + x\n"
    environment = Environment(preload=("torch",), python=str(other_python))
    with Grader(environment) as grader:
        # the module is imported inside the jail, whose /tmp is private, and this interpreter lives below /tmp
        report = grader.grade(assignment, {"halves.py": code})
    assert report.points == 1


@pytest.mark.parametrize(
    ("python", "says"),
    [("/nonexistent/python", "does not run"), ("/bin/false", "pip install kafedra")],
)
def test_an_interpreter_that_cannot_is_named(python, says):
    grader = Grader(Environment(python=python))
    with pytest.raises(SandboxUnavailable, match=says):
        grader.start()


def test_a_module_to_preload_that_is_not_there_is_named():
    grader = Grader(Environment(preload=("nosuchmodule",)))
    with pytest.raises(SandboxUnavailable, match="nosuchmodule"):
        grader.start()
