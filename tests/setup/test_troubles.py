"""What can go wrong on the way: each is one sentence that says what to do, and nothing that was done is lost."""

from __future__ import annotations

import os
import shutil
import signal
import sys

import pytest
from tests.setup.conftest import Tree
from tests.setup.index import Index, refusing

UNSHARE = shutil.which("unshare") or "unshare"
AS_SOMEBODY = (UNSHARE, "--user", "--map-user=1000", "--map-group=1000", "--")


def sentence(code: int, said: str) -> str:
    """The one line in which it ended, which is no success."""
    assert code == 1, said
    last = said.splitlines()[-1]
    assert last.endswith(".")
    return last


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_in_a_download_it_goes_on_later(tree: Tree, cpu: Index, how: signal.Signals) -> None:
    cpu.flowing.clear()
    process = tree.start()
    assert cpu.stuck.wait(60)
    os.killpg(process.pid, how)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == (-how if how is signal.SIGKILL else 130)
    assert ("make goes on from here" in said) == (how is not signal.SIGKILL)
    assert "Traceback" not in said
    assert not tree.has("torch")
    cpu.flowing.set()
    code, said = tree.setup()
    assert code == 0, said
    assert (tree.has("torch"), tree.has("lamp")) == ("2.13.0+cpu", "1.0")
    assert not (tree.root / ".venv" / ".unpacking").exists()


def test_a_package_that_was_half_unpacked_is_unpacked_again(tree: Tree) -> None:
    assert tree.setup()[0] == 0
    packages = next(tree.root.glob(".venv/lib/python*/site-packages"))
    (packages / "lamp.py").unlink()
    (packages / "lamp-1.0.dist-info" / "INSTALLER").unlink()  # what pip writes last
    code, said = tree.setup()
    assert code == 0, said
    assert tree.has("lamp") == "1.0"


def test_an_environment_that_was_half_made_is_made_again(tree: Tree) -> None:
    shutil.rmtree(next(tree.root.glob(".venv/lib/python*/site-packages/pip")))
    code, said = tree.setup()
    assert code == 0, said
    assert tree.has("lamp") == "1.0"


def test_no_network(tree: Tree) -> None:
    nowhere = refusing()
    (tree.root / "constraints.txt").write_text("torch==2.13.0\npip==99.0\n")
    said = sentence(*tree.setup(PIP_INDEX_URL=nowhere, TORCH_INDEX=nowhere))
    assert "can't be reached (127.0.0.1)" in said
    assert "goes on from here" in said


def test_a_package_that_the_index_does_not_have_for_this_machine(tree: Tree, index: Index, cpu: Index) -> None:
    for one in (index, cpu):
        one.wheels = {name: content for name, content in one.wheels.items() if not name.startswith("torch")}
    assert "has no torch==2.13.0 for this Python and machine" in sentence(*tree.setup())


def test_too_little_room_is_said_before_anything_is_downloaded(tree: Tree, index: Index, cpu: Index) -> None:
    small = 'mount -t tmpfs -o size=300m none "$0" && exec "$@"'
    inside = (UNSHARE, "--user", "--map-root-user", "--mount", "sh", "-c", small, str(tree.root / ".venv"))
    said = sentence(*tree.setup("run", *inside))
    assert "GB of free disk while it is installed, and .venv has" in said
    assert "make room" in said
    assert not [path for path in (*index.asked, *cpu.asked) if path.startswith("/files")]


@pytest.mark.parametrize(
    ("answer", "name"),
    [("exit 1", "no Python"), ("case $2 in *exit*) exit 1;; esac; echo Python 3.9.2", "Python 3.9.2")],
)
def test_a_python_that_is_too_old_or_none(tree: Tree, answer: str, name: str) -> None:
    tree.program("python3.9", answer)
    said = sentence(*tree.setup(PYTHON="python3.9"))
    assert f"needs Python 3.11 or newer, and python3.9 is {name}" in said
    assert "PYTHON=" in said


def test_a_newer_python_is_found_beside_an_old_one(tree: Tree) -> None:
    tree.program("python3", "exit 1")
    (tree.root / "programs" / "python3.12").symlink_to(sys.executable)
    del tree.variables["PYTHON"]
    code, said = tree.setup()
    assert code == 0, said


def test_of_one_version_the_better_built_is_taken_and_said(tree: Tree) -> None:
    """One's own was compiled without optimisations; the system's, behind it on PATH, with them."""
    for name, unlike in {"own": 1, "system": 0}.items():
        (tree.root / name).mkdir()
        found = tree.root / name / "python3"
        found.write_text(f'#!/bin/sh\ncase $2 in *CONFIG_ARGS*) exit {unlike};; esac\nexec {sys.executable} "$@"\n')
        found.chmod(0o755)
    del tree.variables["PYTHON"]
    path = f"{tree.root / 'own'}:{tree.root / 'system'}:/usr/bin:/bin"
    assert "is taken" not in tree.setup("nowhere", PATH=path)[1], "an environment that is there is not spoken of"
    shutil.rmtree(tree.root / ".venv")
    said = tree.setup("nowhere", PATH=path)[1]
    assert f"{tree.root / 'system' / 'python3'} is taken" in said
    assert "PYTHON=python3 would take it" in said
    assert "is taken" not in tree.setup("nowhere", PATH=path, PYTHON=str(tree.root / "own" / "python3"))[1]


def test_a_python_in_a_folder_with_a_space(tree: Tree) -> None:
    (tree.root / "programs" / "python3.12").symlink_to(sys.executable)
    code, said = tree.setup("nowhere", PYTHON=str(tree.root / "programs" / "python3.12"))
    assert (code, "usage: scripts/setup" in said) == (2, True), said


@pytest.mark.parametrize("sudo", [True, False])
def test_without_git_and_without_the_right_to_install_it(tree: Tree, sudo: bool) -> None:
    programs = tree.root / "programs"
    for name in ("sh", "dirname", "apt-get", *(["sudo"] if sudo else [])):
        tree.program(name, f'exec /bin/{name} "$@"')
    said = sentence(*tree.setup("run", *AS_SOMEBODY, PATH=str(programs)))
    asking = "run 'sudo apt-get install git'" if sudo else "ask whoever administers this machine to run 'apt-get"
    assert "git is missing" in said
    assert asking in said


def test_a_python_without_the_module_that_makes_environments(tree: Tree) -> None:
    (tree.root / "ensurepip.py").write_text("raise ImportError('Debian has it elsewhere')")
    tree.program("apt-get", "exit 100")
    shutil.rmtree(tree.root / ".venv")
    said = sentence(*tree.setup("run", *AS_SOMEBODY, PYTHONPATH=str(tree.root)))
    assert "-venv" in said
