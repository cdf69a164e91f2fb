"""The warm judge: a process with pytest and torch loaded, which forks one judge for each submission.

What costs a second once (imports, pytest's plugins, torch's first comparison) happens before the first fork.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

from kafedra.course import CourseError, load_assignment
from kafedra.grading import packets, wire
from kafedra.grading.channel import Channel, Closed
from kafedra.grading.faults import UnusableAssignment
from kafedra.grading.judge.importing import PYTEST_OPTIONS
from kafedra.grading.judge.keeper_host import KeeperHost
from kafedra.grading.judge.verdict import judge, promised
from kafedra.grading.preloading import preload
from kafedra.grading.warmth import settle

FRAME_LIMIT: Final = 256 * 2**20
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
    while True:
        try:
            job, (stream_fd, link_fd) = packets.receive(control)
        except EOFError:
            return
        if os.fork() == 0:
            control.close()
            _judge_one(job["alarm"], socket.socket(fileno=stream_fd), socket.socket(fileno=link_fd))
        os.close(stream_fd)
        os.close(link_fd)


def _limit_memory() -> None:
    """What a stranger's answers make of the judge may cost the verdict, never the machine."""
    mapped = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + _MEMORY_BYTES, mapped + _MEMORY_BYTES))


def _judge_one(alarm: int, stream: socket.socket, link: socket.socket) -> NoReturn:
    """In the child: take the job, judge, answer, leave without any clean-up of the parent's."""
    signal.alarm(alarm)  # ends a judge that hangs; its stream closes, and the worker calls it a fault
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    channel = Channel(stream, limit=FRAME_LIMIT)
    try:
        job = channel.receive()
        if job.get("collect"):
            channel.send(wire.written(wire.Collected(tests=promised(load_assignment(Path(job["assignment"]))))))
            os._exit(0)
        report = judge(
            load_assignment(Path(job["assignment"])),
            job["files"],
            KeeperHost(link),
            seed=job["seed"],
            language=job["language"],
            public_only=job["public_only"],
            only=job["only"],
            reveal=job["reveal"],
            on_test=lambda test: channel.send(wire.written(wire.Ended(test=test))),
        )
        channel.send(wire.written(wire.Made(report=report)))
    except CourseError as error:
        channel.send(wire.written(wire.Failed.of(UnusableAssignment(str(error)))))
    except Closed:  # the worker is gone, nobody waits for the answer
        os._exit(1)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the worker has to hear of it
        channel.send(wire.written(wire.Failed.of(error)))
    link.close()  # the keeper tidies up from here on; this process itself takes milliseconds to go
    os._exit(0)


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
