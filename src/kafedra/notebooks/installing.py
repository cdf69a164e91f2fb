"""What a student types once: an environment of their own with everything in it, one line for each system."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from kafedra.notebooks.pytorch import CPU_INDEX

System = Literal["linux", "macos", "windows"]
SYSTEMS: Final[dict[System, str]] = {"linux": "Linux", "macos": "macOS", "windows": "Windows, PowerShell"}

# One for all assignments, in a folder into which VS Code looks by itself; outside a clone, which is pushed.
_FOLDER: Final = ".virtualenvs/kafedra"
_NEEDS_QUOTES: Final = re.compile(r"[^\w.=:/+-]")
_REQUIREMENT: Final = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<rest>[^;]*);.*extra\s*==\s*['\"]course['\"]")
_TORCH: Final = re.compile(r"torch(?![\w-])")


def with_part(part: str) -> str:
    """How kafedra comes with the packages of its `part`, ``server`` or ``course``: it is on no package index."""
    return f'in kafedra\'s repository `make setup`, or `make wheel` and pip install "$(ls dist/kafedra-*.whl)[{part}]"'


def requirements(packages: Sequence[str], wheel_url: str | None, *, jupyter: bool = True) -> tuple[str, ...]:
    """What pip is asked for: `packages`, in the versions that the course has where it says so, kafedra, `jupyter`."""
    known = dict(_of_the_course())
    wanted = (known.get(name.lower(), name) for name in packages)
    return (*wanted, f"kafedra @ {wheel_url}" if wheel_url else "kafedra", *(["jupyterlab"] if jupyter else []))


def _of_the_course() -> Iterator[tuple[str, str]]:
    """What `kafedra[course]` asks for: the name of each package in small letters, and with its version."""
    for line in importlib.metadata.requires("kafedra") or ():
        if found := _REQUIREMENT.match(line):
            yield found["name"].lower(), f"{found['name']}{found['rest'].strip()}"


def has_torch(requirements: Sequence[str]) -> bool:
    return any(map(_TORCH.match, requirements))


def with_uv(requirements: Sequence[str], *, python: str) -> str:
    """A line for any shell, PowerShell too; uv brings the Python. torch is the CPU's where there is a choice."""
    place = f'"$HOME/{_FOLDER}"'
    backend = "--torch-backend cpu " if has_torch(requirements) else ""
    return (
        f"uv venv --seed --allow-existing --python {python} {place}; "
        f"uv pip install --python {place} {backend}{_quoted(requirements)}"
    )


def with_venv(system: System, requirements: Sequence[str]) -> str:
    """A line for the usual shell of a system, with the Python that is there."""
    if system == "windows":  # Windows PowerShell 5 knows no &&
        there = rf'& "$HOME\{_backslashed()}\Scripts\python"'
        steps = [rf'py -m venv "$HOME\{_backslashed()}"', *pip_commands(there, requirements, cpu=False)]
        return "; ".join(steps)
    there = f"~/{_FOLDER}/bin/python"
    steps = [f"python3 -m venv ~/{_FOLDER}", *pip_commands(there, requirements, cpu=system == "linux")]
    return " && ".join(steps)


def pip_commands(python: str, requirements: Sequence[str], *, cpu: bool) -> list[str]:
    """Commands that install `requirements`; with `cpu`, torch first and alone, from the one index of its CPU builds.

    The second command names torch again: it keeps what is there, and brings what torch requires from the usual index.
    """
    first = [one for one in requirements if cpu and _TORCH.match(one)]
    commands = [f"{python} -m pip install --no-deps {_quoted(first)} --index-url {CPU_INDEX}"] if first else []
    return [*commands, f"{python} -m pip install {_quoted(requirements)}"]


def at_hand(system: System) -> str:
    """What makes `kafedra` and `jupyter` known in a terminal that has just been opened."""
    if system == "windows":  # the script that should do it is forbidden by Windows's own policy
        return rf'$env:Path = "$HOME\{_backslashed()}\Scripts;$env:Path"'
    return f"source ~/{_FOLDER}/bin/activate"


def _backslashed() -> str:
    return _FOLDER.replace("/", "\\")


def _quoted(requirements: Sequence[str]) -> str:
    return " ".join(f'"{one}"' if _NEEDS_QUOTES.search(one) else one for one in requirements)
