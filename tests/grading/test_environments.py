"""An assignment may bring its own interpreter; a wrong one is named, with the way to mend it."""

from __future__ import annotations

import importlib.metadata
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.grading.environments import make_environment

from kafedra.course import Environment
from kafedra.grading import Grader, SandboxUnavailable
from kafedra.grading.library import library_of


@pytest.fixture(scope="module")
def other_python(tmp_path_factory) -> Path:
    return make_environment(tmp_path_factory.mktemp("other"), {"only_here": "FACTOR = 0.5\n"})


def test_another_interpreter_with_its_own_packages(assignment, other_python):
    code = b"from only_here import FACTOR\ndef half(x):\n    return x * FACTOR\ndef double(x):\n    return x + x\n"
    environment = Environment(preload=("torch",), python=str(other_python))
    with Grader(environment) as grader:
        # the module is imported inside the jail, whose /tmp is private, and this interpreter lives below /tmp
        report = grader.grade(assignment, {"halves.py": code})
    assert report.points == 1


def test_it_says_what_it_has(other_python):
    library = library_of(str(other_python), ("click", "no-such-package"))
    assert library is not None
    assert {"only_here", "kafedra"} <= set(library.modules)
    assert library.python == "{}.{}".format(*sys.version_info)
    assert library.packages == {"click": importlib.metadata.version("click")}
    assert library_of("/bin/false") is None


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


@pytest.fixture
def python_of_root(tmp_path) -> Path:
    """An interpreter that was installed on a hardened server."""
    return make_environment(tmp_path / "closed", {"only_here": ""}, umask=0o077)


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever isn't root is the same user in the sandbox")
def test_what_only_root_can_read_is_named_at_the_start_with_the_command_that_mends_it(python_of_root):
    grader = Grader(Environment(preload=("only_here",), python=str(python_of_root)))
    root = python_of_root.parents[1]
    with pytest.raises(SandboxUnavailable, match=f"^{root} can't be read by user 65534") as caught:
        grader.start()
    command = str(caught.value).partition(": ")[2].partition(" (")[0]
    assert command == f"chmod -R o+rX {root}"
    subprocess.run(shlex.split(command), check=True)
    with grader:
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever isn't root is the same user in the sandbox")
def test_a_package_that_only_root_can_read_is_named_though_nothing_preloads_it(tmp_path):
    python = make_environment(tmp_path / "open", {})
    packages = next(python.parents[1].glob("lib/python*/site-packages"))
    for name in ("late", "late/inner", "later"):
        (packages / name).mkdir(mode=0o700)
    (packages / "late").chmod(0o755)
    (packages / "__pycache__").mkdir(mode=0o700)  # compiled modules are not needed
    (packages / "gone.py").symlink_to("nowhere")
    with pytest.raises(SandboxUnavailable) as caught:
        Grader(Environment(preload=(), python=str(python))).start()
    named = {str(packages / name) for name in ("late/inner", "later")}
    first, _, rest = str(caught.value).partition(" and 1 more can't be read")
    assert first in named
    assert f"chmod -R o+rX {python.parents[1]} (" in rest


@pytest.mark.skipif(os.geteuid() == 0, reason="for root the sandbox is another user")
def test_whoever_is_not_root_may_keep_an_interpreter_to_themselves(python_of_root):
    with Grader(Environment(preload=("only_here",), python=str(python_of_root))):
        pass
