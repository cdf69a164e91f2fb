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
from typing import Final

from kafedra.grading import packets
from kafedra.grading.judge.collected import Collected
from kafedra.grading.judge.practice import practise
from kafedra.grading.preloading import preload
from kafedra.grading.warmth import settle

_MEMORY_BYTES: Final = 4 * 2**30  # of a judge, beyond what the warm process holds: answers are copied and compared


def main(control_fd: int, modules: list[str]) -> None:
    """Serve jobs until the worker hangs up. A job is two descriptors: the worker's stream, the keeper's link."""
    control = socket.socket(fileno=control_fd)
    preload(modules, control)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # judges are reaped by the kernel; their stream says how it went
    practise()
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


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
