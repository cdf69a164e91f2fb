"""The two warm processes of a worker, each with its end of a control socket."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

from kafedra.grading import packets
from kafedra.grading.faults import SandboxUnavailable
from kafedra.walls.refusal import Refusal, Step

# A warm process is forked for every submission, and a fork copies the page table of all that torch has allocated.
# glibc's heap in huge pages has a table of a few entries: the fork costs three quarters of what it did.
FORKED_OFTEN: Final = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}

# Nothing is taken from the folder that it is started in, nor from a user's packages; the variables are ours.
PYTHON_OPTIONS: Final = ("-s", "-P")

_START_SECONDS: Final = 120.0


class NotLoaded(SandboxUnavailable):
    """A module to preload can't be loaded. ``cause`` is a clause; ``absent``: it is not even installed."""

    def __init__(self, module: str, cause: str, *, absent: bool = False) -> None:
        super().__init__(f"{module} can't be loaded: {cause}")
        self.module = module
        self.cause = cause
        self.absent = absent


class WarmProcess:
    """A child that says ``ready`` when it is warm, takes jobs as packets and leaves when we hang up."""

    def __init__(self, name: str, control: socket.socket, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self._name = name
        self._process = process
        self._log = log
        self.control = control

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Raises :class:`NotLoaded` if a module is to blame, else :class:`SandboxUnavailable` with its last words."""
        deadline = time.monotonic() + _START_SECONDS
        loading = None
        try:
            while True:
                ready, _, _ = select.select([self.control], [], [], max(0.0, deadline - time.monotonic()))
                if not ready:
                    raise self._late(loading)
                message, _ = packets.receive(self.control)
                if "failed" in message:
                    raise NotLoaded(message["failed"], message["cause"], absent=message["absent"])
                if "ready" in message:
                    return
                loading = message["loading"]
        except (EOFError, OSError):
            raise self._dead(loading) from None

    def _late(self, loading: str | None) -> SandboxUnavailable:
        seconds = f"{_START_SECONDS:.0f} s"
        if loading is not None:
            return NotLoaded(loading, f"it is not loaded after {seconds}")
        return SandboxUnavailable(f"the {self._name} is not ready after {seconds}")

    def _dead(self, loading: str | None) -> SandboxUnavailable:
        status = self._process.wait(10)
        if loading is not None:
            how = signal.Signals(-status).name if status < 0 else f"status {status}"
            return NotLoaded(loading, f"the process that loads it ends with {how}")
        self._log.seek(0)
        said = self._log.read().decode(errors="replace").strip()[-2000:] or "no message"
        if refusal := Refusal.from_json(said.splitlines()[-1]):
            return SandboxUnavailable.because(refusal)
        return SandboxUnavailable(f"the {self._name} does not start:\n{said}")

    @property
    def resident_bytes(self) -> int:
        """Memory that it holds now, its short-lived children not counted; 0 once it has died."""
        try:
            return int(Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[1]) * resource.getpagesize()
        except (OSError, IndexError):
            return 0

    def close(self) -> None:
        """Hang up and wait; a process that does not leave is killed."""
        self.control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()


def start(name: str, build_command: Any, environment: dict[str, str]) -> WarmProcess:
    """Start ``build_command(fd)`` with one inherited socket; ready or not, it returns at once.

    Raises :class:`SandboxUnavailable` where no process can be started.
    """
    ours, theirs = packets.pair()
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
    with theirs, contextlib.ExitStack() as undo:
        undo.callback(log.close)
        undo.callback(ours.close)
        command = build_command(theirs.fileno())
        try:
            process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                start_new_session=True,  # Ctrl-C in a terminal is for the one who started us, who then hangs up
            )
        except OSError as error:
            refusal = Refusal(Step.PROCESS, error.errno or 0, f"{command[0]}: {error.strerror}")
            raise SandboxUnavailable.because(refusal) from None
        undo.pop_all()
    return WarmProcess(name, ours, process, log)


def wait_until_ready(keeper: WarmProcess, judge: WarmProcess, python: str) -> None:
    """Both load the same modules, the judge without walls: so it can be told what is wrong with one that won't load.

    Raises :class:`SandboxUnavailable`.
    """
    walled: NotLoaded | None = None
    try:
        try:
            keeper.wait_until_ready()
        except NotLoaded as error:
            walled = error
        judge.wait_until_ready()
    except NotLoaded as error:
        remedy = (
            f"Install it there ({python} -m pip install ...)"
            if error.absent
            else f"Find out why ({python} -c 'import {error.module}')"
        )
        raise _unloadable(error, f"can't be loaded by {python}", remedy) from None
    if walled is not None:
        remedy = (
            "Inside is no network and no file but /usr, Python's own folders and an empty /tmp: put there what it needs"
        )
        raise _unloadable(walled, "loads on this machine, but not in the sandbox", remedy) from None


def _unloadable(error: NotLoaded, how: str, remedy: str) -> SandboxUnavailable:
    last = f"or take {error.module} out of preload in assignment.toml"
    return SandboxUnavailable(f"{error.module} {how}: {error.cause.rstrip('.')}. {remedy}, {last}")


def judge_command(executable: str, control_fd: int, preload: Sequence[str]) -> list[str]:
    return [executable, *PYTHON_OPTIONS, "-m", "kafedra.grading.judge.forkserver", str(control_fd), *preload]


def judge_environment(threads: int, cache: Path) -> dict[str, str]:
    """Nothing of the server's own environment (its secrets) reaches the tests; what they write goes to ``cache``."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(cache),
        "TMPDIR": str(cache),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": str(threads),
        "MKL_NUM_THREADS": str(threads),
        **FORKED_OFTEN,
    }
