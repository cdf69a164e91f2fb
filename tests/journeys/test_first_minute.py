"""The line that installs everything, typed in an empty home: what it promises is there afterwards."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.journeys.conftest import NewStudent
from tests.journeys.server import Server
from tests.setup.index import Index, serving, wheel

from kafedra.notebooks.pytorch import CPU_INDEX

REST = [wheel(name, "99.0") for name in ("matplotlib", "numpy", "scikit_learn", "scipy")]


@pytest.fixture
def index() -> Iterator[Index]:
    with serving(wheel("torch", "2.13.0"), wheel("jupyterlab", "4.5"), *REST) as running:
        yield running


@pytest.fixture
def cpu() -> Iterator[Index]:
    with serving(wheel("torch", "2.13.0+cpu"), wheel("jupyterlab", "0.1")) as running:
        yield running


def lines(server: Server) -> list[str]:
    with urllib.request.urlopen(f"{server.base_url}/download/") as answer:
        page = answer.read().decode()
    return [html.unescape(line) for line in re.findall(r'data-copy="([^"]*)"', page)]


@pytest.mark.parametrize(("system", "torch"), [("Linux", "2.13.0+cpu"), ("macOS", "2.13.0")])
def test_one_line_makes_an_environment_and_puts_everything_in(
    new_student: NewStudent, server: Server, tmp_path: Path, index: Index, cpu: Index, system: str, torch: str
) -> None:
    _student, clone = new_student()
    _uv, linux, macos, _windows, at_hand, _at_hand_in_windows = lines(server)
    home = tmp_path / "дом студента"
    home.mkdir()
    (tmp_path / "python3").symlink_to(sys.executable)
    variables = {
        "HOME": str(home),
        "PATH": f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "LANG": "C.UTF-8",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": index.url,
        "PIP_NO_DEPS": "1",  # what is meant is what the line names; the rest is pip's business
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    line = (linux if system == "Linux" else macos).replace(CPU_INDEX, cpu.url)
    script = f"{line} && {at_hand} && python -c 'import torch, jupyterlab; print(torch.version, jupyterlab.version)'"
    done = subprocess.run(
        ["bash", "-c", f"{script} && command -v kafedra"],
        cwd=clone.folder, env=variables, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-2:] == [f"{torch} 4.5", f"{home}/.virtualenvs/kafedra/bin/kafedra"]
    assert f"{server.base_url}/download/kafedra-" in line
    status = subprocess.run(["git", "status", "--porcelain"], cwd=clone.folder, capture_output=True, text=True)
    assert not status.stdout, "the clone stays clean"
