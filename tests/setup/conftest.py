"""A small kafedra with the real set-up in it, and indexes with packages that hold nothing."""

from __future__ import annotations

import ensurepip
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.setup.index import Index, serving, wheel

ROOT = Path(__file__).parents[2]
_PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
_BACKEND = """
from pathlib import Path

def build_editable(folder, settings=None, metadata=None):
    made = Path("kafedra.whl").read_bytes()
    (Path(folder) / "kafedra-0.1-py3-none-any.whl").write_bytes(made)
    return "kafedra-0.1-py3-none-any.whl"
"""
_EXTRAS = ('torch==2.13.0; extra == "course"', 'lamp; extra == "server"', 'bench; extra == "dev"')


class Tree:
    """A checkout in which `scripts/setup` is run."""

    def __init__(self, root: Path, index: Index, cpu: Index) -> None:
        self.root = root
        programs = root / "programs"
        self.variables = {
            "HOME": str(root),
            "LANG": "C.UTF-8",
            "PATH": f"{programs}:{Path(sys.executable).parent}:/usr/bin:/bin",
            "PYTHON": sys.executable,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": index.url,
            "TORCH_INDEX": cpu.url,
        }
        for folder in ("scripts/setup", "scripts/installation", "src/kafedra/notebooks/pytorch.py"):
            _copy(ROOT / folder, root / folder)
        (root / "pyproject.toml").write_text(_PROJECT)
        (root / "backend.py").write_text(_BACKEND)
        (root / "kafedra.whl").write_bytes(wheel("kafedra", "0.1", _EXTRAS)[1])
        (root / "constraints.txt").write_text(f"torch==2.13.0\npip=={ensurepip.version()}\n")
        programs.mkdir()

    def program(self, name: str, script: str) -> None:
        """Put a shell script on PATH, before everything else."""
        path = self.root / "programs" / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def start(self, door: str = "run", *before: str, **variables: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*before, self.root / "scripts" / "setup", door],
            env={**self.variables, **variables},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # whoever runs the tests in the background may have told them to ignore it, and that is inherited
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # takes no lock
        )

    def setup(self, door: str = "run", *before: str, **variables: str) -> tuple[int, str]:
        """Status and words."""
        process = self.start(door, *before, **variables)
        said = process.communicate(timeout=100)[1]
        assert "Traceback" not in said, said
        return process.returncode, said

    def has(self, package: str) -> str:
        """The version that the environment's Python can import; nothing if it can't."""
        asked = [self.root / ".venv" / "bin" / "python", "-c", f"import {package}; print({package}.version)"]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def _copy(source: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, destination, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, destination)


@pytest.fixture
def index() -> Iterator[Index]:
    """What everybody's packages come from, torch's large build too."""
    torch = wheel("torch", "2.13.0", ["nvidia_card"], kilobytes=2000)
    with serving(torch, wheel("nvidia_card", "13.0"), wheel("lamp", "1.0"), wheel("bench", "1.0")) as running:
        yield running


@pytest.fixture
def cpu() -> Iterator[Index]:
    """PyTorch's index of CPU builds, with something on it that must not be taken from there."""
    with serving(wheel("torch", "2.13.0+cpu", ["lamp"]), wheel("lamp", "6.6")) as running:
        yield running


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with pip in it; to make one takes seconds, to copy it doesn't."""
    folder = tmp_path_factory.mktemp("made") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return folder


@pytest.fixture
def tree(tmp_path: Path, index: Index, cpu: Index, environment: Path) -> Tree:
    """In a folder with a name that quotes badly. The set-up was begun there once, and stopped."""
    folder = tmp_path / "моя кафедра"
    folder.mkdir()
    shutil.copytree(environment, folder / ".venv", symlinks=True)
    return Tree(folder, index, cpu)
