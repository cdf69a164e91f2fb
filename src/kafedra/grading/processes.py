"""The two warm processes of a worker, each with its end of a control socket."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

from kafedra.grading import packets
from kafedra.grading.faults import SandboxUnavailable

# A warm process is forked for every submission, and a fork copies the page table of all that torch has allocated.
# glibc's heap in huge pages has a table of a few entries: the fork costs three quarters of what it did.
FORKED_OFTEN: Final = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}

_START_SECONDS: Final = 120.0


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
        """Raises :class:`SandboxUnavailable` with what the process had to say."""
        try:
            ready, _, _ = select.select([self.control], [], [], _START_SECONDS)
            if not ready:
                raise SandboxUnavailable(f"the {self._name} is not ready after {_START_SECONDS:.0f} s")
            packets.receive(self.control)
        except (EOFError, OSError):
            raise SandboxUnavailable(f"the {self._name} does not start:\n{self._last_words()}") from None

    def _last_words(self) -> str:
        self._process.wait(10)
        self._log.seek(0)
        return self._log.read().decode(errors="replace").strip()[-2000:] or "no message"

    @property
    def resident_bytes(self) -> int:
        """Memory that it holds now, its short-lived children not counted; 0 once it has died."""
        try:
            return int(_inside(self._process.pid, "statm").split()[1]) * resource.getpagesize()
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
    """Start ``build_command(fd)`` with one inherited socket; ready or not, it returns at once."""
    ours, theirs = packets.pair()
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
    with theirs, contextlib.ExitStack() as undo:
        undo.callback(log.close)
        undo.callback(ours.close)
        process = subprocess.Popen(
            build_command(theirs.fileno()),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,  # Ctrl-C in a terminal is for the one who started us, who then hangs up
        )
        undo.pop_all()
    return WarmProcess(name, ours, process, log)


def _inside(pid: int, name: str) -> str:
    """A file of /proc about the process, or about the one that bubblewrap's two processes were started for."""
    process = Path(f"/proc/{pid}")
    if process.joinpath("comm").read_text("ascii").strip() == "bwrap":
        return _inside(int(process.joinpath(f"task/{pid}/children").read_text("ascii").split()[0]), name)
    return process.joinpath(name).read_text("ascii")


def judge_command(executable: str, control_fd: int, preload: Sequence[str]) -> list[str]:
    return [executable, "-I", "-m", "kafedra.grading.judge.forkserver", str(control_fd), *preload]


def judge_environment(threads: int, cache: Path) -> dict[str, str]:
    """Nothing of the server's own environment (its secrets) reaches the tests."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(cache),
        "PYTHONPYCACHEPREFIX": str(cache),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": str(threads),
        "MKL_NUM_THREADS": str(threads),
        **FORKED_OFTEN,
    }
