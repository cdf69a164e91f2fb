"""Programs of the operating system that the doors start: where they are, which package brings them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from telling import Stopped, say

_MANAGERS: Mapping[str, str] = {
    "apt-get": "apt-get install",
    "dnf": "dnf install",
    "zypper": "zypper install",
    "pacman": "pacman -S",
}
_FOR_ROOT = ("/usr/sbin", "/usr/local/sbin")  # where Debian keeps servers: not on everybody's PATH
_POSTGRESQL = "/usr/lib/postgresql"  # a folder for each version below it


@dataclass(frozen=True)
class Program:
    """One of `files` is enough. `package` is Debian's name, `elsewhere` what other package managers call it.

    A `service` begins as soon as Debian has installed it; whoever only runs tests never asked for one.
    """

    name: str
    files: tuple[str, ...]
    package: str
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    service: str = ""

    @property
    def there(self) -> bool:
        versions = Path(_POSTGRESQL).glob("*/bin")
        path = os.pathsep.join([os.environ.get("PATH", os.defpath), *_FOR_ROOT, *map(str, versions)])
        return any(shutil.which(file, path=path) for file in self.files)


GIT = Program("git", ("git",), "git")
CHROMIUM = Program(
    "Chromium", ("chromium-headless-shell", "chromium"), "chromium-headless-shell",
    {"dnf": "chromium", "zypper": "chromium", "pacman": "chromium"},
)  # fmt: skip
NGINX = Program("nginx", ("nginx",), "nginx", service="nginx")
POSTGRESQL = Program(
    "PostgreSQL", ("initdb",), "postgresql", {"dnf": "postgresql-server", "zypper": "postgresql-server"}, "postgresql"
)
COMPILER = Program("gcc", ("gcc",), "gcc libc6-dev", {"dnf": "gcc", "zypper": "gcc", "pacman": "gcc"})


def require(*wanted: Program) -> None:
    """Install those that are missing, if we may. Raises Stopped with the command for whoever may."""
    if missing := _missing(wanted):
        _install(missing)


def wish(*wanted: Program) -> None:
    """The same for what a few tests start: those are skipped where it can't be had, and each run says so."""
    try:
        require(*wanted)
    except Stopped as reason:
        them = "it" if len(_missing(wanted)) == 1 else "them"
        say(f"{reason}; until then the tests that start {them} are skipped.")


def require_venv() -> None:
    """Debian keeps the module that puts pip into an environment in a package of its own. Raises Stopped."""
    if subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode:
        package = "python{}.{}-venv".format(*sys.version_info)
        _install([Program(package, (), package)])


def _missing(wanted: Sequence[Program]) -> list[Program]:
    return [program for program in wanted if not program.there]


def _install(programs: Sequence[Program]) -> None:
    manager = next((name for name in _MANAGERS if shutil.which(name)), "apt-get")
    packages = " ".join(program.elsewhere.get(manager, program.package) for program in programs)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        names = [program.name for program in programs]
        *first, last = names
        listed = f"{', '.join(first)} and {last} are" if first else f"{last} is"
        raise Stopped(f"{listed} missing: {_asking(f'{_MANAGERS[manager]} {packages}')}")
    say(f"Debian packages: {packages}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages.split()]):
        done = subprocess.run(["apt-get", *step], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise Stopped(f"apt-get {step[0]} failed ({reason}): mend that, then run make again")
    for program in programs:
        if program.service:
            _leave_stopped(program.service)


def _leave_stopped(service: str) -> None:
    """What has come for tests alone takes no port and does not begin with the machine; the tests start their own."""
    say(f"{service} is installed and left stopped: 'service {service} start' starts it")
    for command in (["update-rc.d", service, "disable"], ["service", service, "stop"]):
        if shutil.which(command[0]):
            subprocess.run(command, capture_output=True, check=False)


def _asking(command: str) -> str:
    if os.geteuid() == 0:
        return f"run '{command}', then make again"
    if shutil.which("sudo"):
        return f"run 'sudo {command}', then make again"
    return f"ask whoever administers this machine to run '{command}', then run make again"
