"""The warm judge: a process with pytest and torch loaded. For each assignment it forks one that collects the tests, and
that one forks a judge for each submission.

What costs a second (imports, pytest's plugins, torch's first comparison) happens before the first fork; what costs more
than the tests themselves (pytest's start, their collection), before the second.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import pytest

from kafedra.grading import packets
from kafedra.grading.judge.collected import Collected
from kafedra.grading.judge.importing import PYTEST_OPTIONS
from kafedra.grading.preloading import preload
from kafedra.grading.warmth import settle

_MEMORY_BYTES: Final = 4 * 2**30  # of a judge, beyond what the warm process holds: answers are copied and compared


def main(control_fd: int, modules: list[str]) -> None:
    """Serve jobs until the worker hangs up. A job is two descriptors: the worker's stream, the keeper's link."""
    control = socket.socket(fileno=control_fd)
    preload(modules, control)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # judges are reaped by the kernel; their stream says how it went
    _warm_up()
    sys.pycache_prefix = tempfile.gettempdir()  # compiled tests stay out of the course's folder
    _limit_memory()
    settle()
    packets.send(control, {"ready": True})
    collected = Collected(control)
    while True:
        try:
            job, descriptors = packets.receive(control)
        except EOFError:
            return
        collected.hand_over(job, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _limit_memory() -> None:
    """What a stranger's answers make of the judge may cost the verdict, never the machine."""
    mapped = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + _MEMORY_BYTES, mapped + _MEMORY_BYTES))


def _warm_up() -> None:
    """Pay the first-time costs of pytest and of torch's comparisons here, once."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "test_warm.py").write_text("def test_warm(request):\n    assert request.node.name\n", "utf-8")
        null = os.open(os.devnull, os.O_WRONLY)
        kept = os.dup(1)
        os.dup2(null, 1)
        status = pytest.main([folder, "--rootdir", folder, *PYTEST_OPTIONS])
        os.dup2(kept, 1)
        os.close(null)
        os.close(kept)
    if status != pytest.ExitCode.OK:
        raise RuntimeError(f"pytest does not run here: {status!r}")
    torch: Any = sys.modules.get("torch")
    if torch is not None:
        torch.testing.assert_close(torch.ones(2), torch.ones(2))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
