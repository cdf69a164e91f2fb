"""The outer wall: what of the machine the keeper sees at all.

Read-only system and interpreter, an empty environment, no network. How it is put up: :mod:`kafedra.walls.launch`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kafedra.grading.processes import FORKED_OFTEN, PYTHON_OPTIONS
from kafedra.grading.sandbox.interpreter import Interpreter
from kafedra.grading.sandbox.jail import HOME
from kafedra.grading.sandbox.readability import require_readable
from kafedra.walls.apparmor import PROGRAM
from kafedra.walls.plan import Plan

# the user that root becomes inside; processes of the real root have no process limit
UNPRIVILEGED: Final = 65534

# what the program that puts up the wall gets: no module of the server's user may slip in before it stands
ENVIRONMENT: Final = {"PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1"}

_DEVICES: Final = ("null", "random", "urandom")  # no zero: mapped, it is memory that no limit counts
_SYSTEM: Final = ("bin", "lib", "lib32", "lib64", "sbin")
_ETC: Final = ("ld.so.cache", "ld.so.conf", "localtime", "alternatives")
# torch looks here for what the processor can do, while it is loaded; without it it falls back to slow code
_PROCESSORS: Final = Path("/sys/devices/system/cpu")


def command(
    control_fd: int, interpreter: Interpreter, preload: Iterable[str], threads: int, devices: Iterable[str] = ()
) -> list[str]:
    """The command line of a keeper that inherits ``control_fd``; to be started with `ENVIRONMENT` and no more.

    ``devices``: paths in /dev that it sees beside the harmless three; a GPU's, where the assignment asks for one.
    Raises :class:`~kafedra.grading.faults.SandboxUnavailable`.
    """
    root = os.geteuid() == 0
    if root:
        require_readable(interpreter, UNPRIVILEGED)
    keeper = (interpreter.executable, *PYTHON_OPTIONS, "-m", "kafedra.grading.sandbox.keeper")
    plan = Plan(
        command=(*keeper, str(control_fd), *preload),
        environment=_environment(threads),
        read_only=tuple(map(str, _read_only(interpreter))),
        devices=(*(f"/dev/{name}" for name in _DEVICES), *devices),
        links={str(path): str(path.readlink()) for path in _system() if path.is_symlink()},
        scratch=HOME,
        user=UNPRIVILEGED if root else None,
    )
    return [*launcher(), plan.as_json()]


def launcher() -> list[str]:
    """The program that puts up the wall."""
    return [str(PROGRAM)] if PROGRAM.exists() else [sys.executable, "-I", "-m", "kafedra.walls.launch"]


def shown(interpreter: Interpreter) -> tuple[Path, ...]:
    """The folders of this machine that can be read inside."""
    return (Path("/usr"), *_system(), *interpreter.folders)


def _environment(threads: int) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": HOME,
        "USER": "student",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": str(threads),
        "MKL_NUM_THREADS": str(threads),
        **FORKED_OFTEN,
    }


def _system() -> list[Path]:
    """Beside /usr; links into it on most systems."""
    return [path for path in (Path("/") / name for name in _SYSTEM) if path.exists()]


def _read_only(interpreter: Interpreter) -> list[Path]:
    """Folders, none inside another, and a few files."""
    folders = {Path("/usr"), *interpreter.folders, *(path for path in _system() if not path.is_symlink())}
    outermost = [folder for folder in folders if not folders & set(folder.parents)]
    return outermost + [path for path in (*(Path("/etc") / name for name in _ETC), _PROCESSORS) if path.exists()]
