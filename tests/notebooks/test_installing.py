"""The lines that a student types once: one for each system, in the words of its shell."""

from __future__ import annotations

import shlex

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Parser

from kafedra.notebooks import installing
from kafedra.notebooks.installing import System
from kafedra.notebooks.pytorch import CPU_INDEX

WHEEL = "https://kafedra.example/download/kafedra-1.0-py3-none-any.whl"
WITH_TORCH = installing.requirements(["matplotlib", "torch"], WHEEL)
ALGORITHMS = installing.requirements(["sortedcontainers"], WHEEL)


def steps(line: str) -> list[list[str]]:
    """The commands of a line of sh, as the programs get them."""
    words = shlex.split(line.replace("&&", ";").replace(";", " ; "))
    found: list[list[str]] = [[]]
    for word in words:
        if word == ";":
            found.append([])
        else:
            found[-1].append(word)
    return found


def is_powershell(line: str) -> bool:
    """By the grammar; Windows's own PowerShell 5 has no && besides."""
    parser = Parser(Language(tree_sitter_powershell.language()))
    return not parser.parse(line.encode()).root_node.has_error and "&&" not in line


def test_on_linux_torch_comes_first_and_alone_from_the_index_of_cpu_builds() -> None:
    _environment, torch, rest = steps(installing.with_venv("linux", WITH_TORCH))
    assert [word for word in torch if word.startswith("torch==")]
    assert torch[-2:] == ["--index-url", CPU_INDEX]
    assert "--no-deps" in torch
    assert rest[-2:] == [f"kafedra @ {WHEEL}", "jupyterlab"]
    assert CPU_INDEX not in rest
    assert [word for word in rest if word.startswith("torch==")], "what torch requires comes from the usual index"


@pytest.mark.parametrize("system", ["macos", "windows"])
def test_elsewhere_there_is_one_build(system: System) -> None:
    line = installing.with_venv(system, WITH_TORCH)
    assert CPU_INDEX not in line
    assert f'"kafedra @ {WHEEL}" jupyterlab' in line


@pytest.mark.parametrize("packages", [WITH_TORCH, ALGORITHMS])
def test_the_lines_for_windows_are_powershell(packages: tuple[str, ...]) -> None:
    assert is_powershell(installing.with_venv("windows", packages))
    assert is_powershell(installing.with_uv(packages, python="3.12"))
    assert is_powershell(installing.at_hand("windows"))
    assert not is_powershell(installing.with_venv("linux", packages))
    assert not is_powershell('"$HOME\\python" -m pip'), "the grammar is no yes-man"


def test_a_course_without_torch_asks_for_none() -> None:
    lines = [installing.with_venv(system, ALGORITHMS) for system in installing.SYSTEMS]
    for line in [*lines, installing.with_uv(ALGORITHMS, python="3.12")]:
        assert "torch" not in line
        assert f'sortedcontainers "kafedra @ {WHEEL}" jupyterlab' in line
    assert not installing.has_torch(("torchmetrics", "pytorch-lightning", "numpy"))
