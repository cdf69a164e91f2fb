"""The outer wall: what of the machine the keeper sees at all.

Read-only system and interpreter, an empty environment, no network, own pid, IPC, UTS and cgroup namespaces. The
course folder, the database and the repositories are not there, so nothing inside can be tricked into reading them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kafedra.grading.faults import SandboxUnavailable
from kafedra.grading.processes import FORKED_OFTEN, PYTHON_OPTIONS
from kafedra.grading.sandbox.interpreter import Interpreter
from kafedra.grading.sandbox.jail import HOME
from kafedra.grading.sandbox.readability import require_readable

# the user that root becomes inside; processes of the real root have no process limit
UNPRIVILEGED: Final = 65534

_DEVICES: Final = ("null", "random", "urandom")  # no zero: mapped, it is memory that no limit counts
_SYSTEM: Final = ("bin", "lib", "lib32", "lib64", "sbin")
_ETC: Final = ("ld.so.cache", "ld.so.conf", "localtime", "alternatives")


def command(
    control_fd: int, interpreter: Interpreter, preload: Iterable[str], threads: int, devices: Iterable[str] = ()
) -> list[str]:
    """The command line of a keeper that inherits ``control_fd``. Raises :class:`SandboxUnavailable`.

    ``devices``: paths in /dev that it sees beside the harmless three; a GPU's, where the assignment asks for one.
    """
    executable = shutil.which("bwrap")
    if executable is None:
        raise SandboxUnavailable("bubblewrap is missing: apt-get install bubblewrap")
    root = os.geteuid() == 0
    if root:
        require_readable(interpreter, UNPRIVILEGED)
    options = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    if not root:
        options += ["--unshare-user"]
    options += ["--new-session", "--hostname", "sandbox", "--clearenv", *_environment(threads)]
    options += [*_system(), *_warm_up_files(), *_folders(interpreter), *_devices(devices), *_processors()]
    options += ["--proc", "/proc"]
    options += ["--remount-ro", "/", "--chdir", "/"]
    uid = str(UNPRIVILEGED) if root else ""
    keeper = [interpreter.executable, *PYTHON_OPTIONS, "-m", "kafedra.grading.sandbox.keeper"]
    return [executable, *options, "--", *keeper, str(control_fd), uid, *preload]


def shown(interpreter: Interpreter) -> tuple[Path, ...]:
    """The folders of this machine that can be read inside."""
    return tuple(Path("/") / name for name in ("usr", *_SYSTEM)) + interpreter.folders


def _environment(threads: int) -> list[str]:
    variables = {
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
    return [part for name, value in variables.items() for part in ("--setenv", name, value)]


def _system() -> list[str]:
    options = ["--ro-bind", "/usr", "/usr"]
    for name in _SYSTEM:
        path = Path("/") / name
        if path.is_symlink():
            options += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            options += ["--ro-bind", str(path), str(path)]
    settings = [f"/etc/{name}" for name in _ETC]
    options += _parents(map(Path, settings))
    return options + [part for path in settings for part in ("--ro-bind-try", path, path)]


def _warm_up_files() -> list[str]:
    """Where modules that are preloaded may write; each submission has a file system of its own over it.

    It comes before the interpreter's folders, which may lie below it.
    """
    return ["--perms", "1777", "--tmpfs", HOME]


def _processors() -> list[str]:
    """torch looks here for what the processor can do, while it is loaded; without it it falls back to slow code."""
    path = "/sys/devices/system/cpu"
    return [*_parents([Path(path)]), "--ro-bind-try", path, path]


def _folders(interpreter: Interpreter) -> list[str]:
    """Whatever of the interpreter lies outside /usr."""
    outside = [folder for folder in interpreter.folders if not folder.is_relative_to("/usr")]
    binds = [part for folder in outside for part in ("--ro-bind", str(folder), str(folder))]
    return _parents(outside) + binds


def _parents(paths: Iterable[Path]) -> list[str]:
    """The folders above, open to all: left to bubblewrap they are root's alone, or closed as /root is outside."""
    parents = sorted({parent for path in paths for parent in path.parents} - {Path("/")})
    return [part for parent in parents for part in ("--perms", "0755", "--dir", str(parent))]


def _devices(more: Iterable[str]) -> list[str]:
    options = ["--tmpfs", "/dev"]
    for path in (*(f"/dev/{name}" for name in _DEVICES), *more):
        options += ["--dev-bind", path, path]
    return [*options, "--remount-ro", "/dev"]
