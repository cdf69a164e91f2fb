"""What scripts/setup does once it has a Python.

``run`` is for the server and the demo, ``develop`` for the tests and checks too, ``programs`` for what tests start
beside them: a browser, nginx, PostgreSQL, a compiler. ``lock`` writes down the versions that are there.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import builds
import environment
import locking
import machine
import programs
from installing import install
from meaning import unreachable
from telling import Stopped, duration, say, size

_NEWEST_TESTED = (3, 13)


@dataclass(frozen=True)
class Door:
    """What is installed beside torch, and its size in bytes: to download, and unpacked."""

    extras: str
    download: float
    disk: float


_DOORS = {"run": Door("server,course", 0.19e9, 0.88e9), "develop": Door("server,course,dev", 0.28e9, 1.2e9)}


def packages(door: Door) -> None:
    """The virtual environment with all that `door` needs. Raises Stopped."""
    started = time.monotonic()
    if sys.version_info[:2] > _NEWEST_TESTED:
        say("Python {}.{} is newer than what kafedra is tested with: 3.11 to 3.13".format(*sys.version_info))
    machine.require_room({environment.VENV: 0.1e9}, "the virtual environment")
    environment.ensure()
    if failed := unreachable(environment.ready_pip(), environment.host(environment.variables())):
        raise failed
    if build := builds.choose():
        _announce(build, door)
        _install_torch(build)
    arguments = ["-c", "constraints.txt", "-e", f".[{door.extras}]"]
    install("other packages", arguments, environment.variables(), door.download)
    shutil.rmtree(environment.WORKSHOP)
    say(f"ready after {duration(time.monotonic() - started)}; .venv takes {size(_taken())}")


def _announce(build: builds.Build, door: Door) -> None:
    say(f"PyTorch {build.what}")
    download, disk = build.download + door.download, build.disk + door.disk
    say(f"to download: about {size(download)}; on the disk: about {size(disk)}")
    machine.require_room({environment.VENV: disk + build.download}, "this")


def _install_torch(build: builds.Build) -> None:
    """Alone: one index, nothing that could be confused with another, and what follows keeps it."""
    if others := builds.leftovers(environment.installed()):
        subprocess.run(environment.pip("uninstall", "--quiet", "--yes", *others), check=True)
    install("PyTorch", build.arguments, environment.variables(build.index), build.download)


def _taken() -> int:
    return sum(path.lstat().st_blocks * 512 for path in environment.VENV.rglob("*"))


def work(door: str) -> None:
    """Raises Stopped."""
    machine.require_linux()
    if door == "programs":
        programs.require(programs.CHROMIUM)
        programs.wish(programs.NGINX, programs.POSTGRESQL, programs.COMPILER)
    elif door == "lock":
        locking.write()
    else:
        programs.require(programs.GIT)
        packages(_DOORS[door])


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def main(doors: list[str]) -> int:
    if len(doors) != 1 or doors[0] not in (*_DOORS, "programs", "lock"):
        say("usage: scripts/setup run|develop|programs|lock")
        return 2
    signal.signal(signal.SIGTERM, _stop)
    try:
        # One set-up at a time; a second one waits, and then finds everything done.
        fcntl.flock(os.open(".", os.O_RDONLY), fcntl.LOCK_EX)
        work(doors[0])
    except Stopped as reason:
        say(f"{reason}.")
        return 1
    except KeyboardInterrupt:
        say("stopped; make goes on from here when it is run again.")
        return 130
    return 0


sys.exit(main(sys.argv[1:]))
