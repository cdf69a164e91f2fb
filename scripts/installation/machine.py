"""What the operating system has to bring: a few programs, and room on the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from telling import Stopped, say, size

_MANAGERS: Mapping[str, str] = {
    "apt-get": "apt-get install",
    "dnf": "dnf install",
    "zypper": "zypper install",
    "pacman": "pacman -S",
}


def require_linux() -> None:
    """Raises Stopped elsewhere: the sandbox is made of what only Linux has."""
    if sys.platform != "linux":
        raise Stopped(
            "kafedra's server needs Linux, because its sandbox is made of namespaces: take a virtual machine, or WSL 2 "
            "on Windows (docs/use/operator.md); students need no server, their README says what to install"
        )


def require_programs(wanted: Mapping[str, str]) -> None:
    """Install the packages of those programs that are not on PATH, if we may. Raises Stopped with the command."""
    if packages := [package for program, package in wanted.items() if not has(program)]:
        _install(packages)


def has(program: str) -> bool:
    return shutil.which(program) is not None


def require_venv() -> None:
    """Debian keeps the module that puts pip into an environment in a package of its own. Raises Stopped."""
    if subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode:
        _install(["python{}.{}-venv".format(*sys.version_info)])


def _install(packages: Sequence[str]) -> None:
    manager = next((name for name in _MANAGERS if shutil.which(name)), "apt-get")
    command = f"{_MANAGERS[manager]} {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stopped(f"{' and '.join(packages)} {'is' if len(packages) == 1 else 'are'} missing: {_asking(command)}")
    say(f"Debian packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", *step], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise Stopped(f"apt-get {step[0]} failed ({reason}): mend that, then run make again")


def _asking(command: str) -> str:
    if os.geteuid() == 0:
        return f"run '{command}', then make again"
    if shutil.which("sudo"):
        return f"run 'sudo {command}', then make again"
    return f"ask whoever administers this machine to run '{command}', then run make again"


def require_room(needs: Mapping[Path, float], what: str) -> None:
    """`needs`: bytes wanted below each folder; folders on the same disk share it. Raises Stopped."""
    by_disk: dict[int, tuple[Path, float]] = {}
    for folder, wanted in needs.items():
        there = next(one for one in (folder, *folder.parents) if one.exists())
        first, sofar = by_disk.get(there.stat().st_dev, (there, 0.0))
        by_disk[there.stat().st_dev] = first, sofar + wanted
    for folder, wanted in by_disk.values():
        free = shutil.disk_usage(folder).free
        if free < wanted:
            raise Stopped(
                f"{what} needs {size(wanted)} of free disk while it is installed, and {folder} has {size(free)}: "
                "make room there, then run make again"
            )
