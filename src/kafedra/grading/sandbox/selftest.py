"""Does the sandbox hold on this machine? Tries it, instead of reading versions."""

from __future__ import annotations

import os
import platform
import pwd
import time
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

from kafedra.grading import packets, processes
from kafedra.grading.faults import GradingError, GradingFault, SandboxUnavailable
from kafedra.grading.judge.keeper_host import KeeperHost
from kafedra.grading.sandbox import seccomp, wall
from kafedra.grading.sandbox.interpreter import find_interpreter
from kafedra.grading.sandbox.readability import find_closed
from kafedra.walls.facts import look_around
from kafedra.walls.places import elsewhere

_REPORT: Final = "please report this machine, with the output of kafedra doctor --json"
_JOB: Final = {
    "forbidden": [],
    "wall_seconds": 10,
    "limits": {
        "memory_mb": 64,
        "processes": 8,
        "file_mb": 4,
        "files": 50,
        "cpu_seconds": 5,
        "cores": (),
        "programs": (),
    },
}

# what a hostile submission would try first; every attempt must fail
_PROBES: Final = """
import os, socket

def attempts(student):
    return {name: outcome(action) for name, action in {
        "network": lambda: socket.socket(),
        "other processes": lambda: os.listdir("/proc")[0],
        "files outside": lambda: open("/usr/kafedra-was-here", "w"),
        "too many processes": lambda: [os.fork() or os._exit(0) for _ in range(50)] and None,
        "too much memory": lambda: bytearray(512 * 2**20),
        "large files": lambda: open("/tmp/large", "wb").write(bytes(16 * 2**20)),
        "programs": lambda: os.execv("/bin/true", ["true"]),
    }.items()}

def outcome(action):
    try:
        action()
    except (OSError, MemoryError, IndexError) as error:
        return None
    return "possible"
"""


@dataclass(frozen=True)
class SandboxFinding:
    """One thing that was looked at. ``remedy`` says how to mend it, where it is not in order."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def check_sandbox() -> list[SandboxFinding]:
    """Findings in the order in which they matter; the last one is a real run (≈ 0.5 s)."""
    if place := elsewhere(look_around()):
        return [SandboxFinding("sandbox", False, place.cause, place.remedy)]
    findings = [_machine(), _interpreter()]
    if all(finding.ok for finding in findings):
        findings.append(_real_run())
    return findings


def _machine() -> SandboxFinding:
    machine = os.uname().machine
    remedy = "run kafedra on x86_64 or aarch64"
    return SandboxFinding(
        "seccomp", seccomp.machine_is_known(machine), f"{machine}, Linux {platform.release()}", remedy
    )


def _interpreter() -> SandboxFinding:
    try:
        interpreter = find_interpreter(None)
    except SandboxUnavailable as error:
        return SandboxFinding("interpreter", False, error.cause, error.remedy or _REPORT)
    closed = find_closed(interpreter, wall.UNPRIVILEGED) if os.geteuid() == 0 else None
    if closed is not None:
        return SandboxFinding("interpreter", False, closed.what, closed.remedy)
    return SandboxFinding("interpreter", True, interpreter.executable)


def _real_run() -> SandboxFinding:
    started = time.monotonic()
    try:
        open_doors = [name for name, outcome in _attempts().items() if outcome is not None]
    except SandboxUnavailable as error:
        return SandboxFinding("sandbox", False, error.cause, error.remedy or _REPORT)
    except (GradingError, OSError, EOFError) as error:
        return SandboxFinding("sandbox", False, str(error).strip(), _REPORT)
    if open_doors:
        return SandboxFinding("sandbox", False, f"it does not hold: {', '.join(open_doors)}", _REPORT)
    took = f"a trial took {(time.monotonic() - started) * 1000:.0f} ms"
    return SandboxFinding("sandbox", True, f"holds for {_user_name()}; {took}")


def _user_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a number without a name, as in containers
        return f"user {os.geteuid()}"


def _attempts() -> dict[str, Any]:
    keeper = processes.start("sandbox", lambda fd: wall.command(fd, find_interpreter(None), [], 1), wall.ENVIRONMENT)
    try:
        keeper.wait_until_ready()
        ours, theirs = packets.pair()
        with ours:
            with theirs:
                packets.send(keeper.control, _JOB, theirs.fileno())
            return _ask(KeeperHost(ours))
    finally:
        keeper.close()


def _ask(host: KeeperHost) -> dict[str, Any]:
    deadline = time.monotonic() + 5
    nothing = {"forbidden": [], "module": "", "file": "", "rests_on": {}, "files": {}}
    prepare = {"id": 1, "probes": _PROBES, "output_chars": 100, **nothing}
    call = {"id": 3, "probe": "attempts", "args": (), "kwargs": {}, "seed": 0}
    with closing(host.start()) as channel:
        for request in (prepare, call):
            channel.send(request, deadline=deadline)
            answer = channel.receive(deadline=deadline)
            if "error" in answer:
                raise GradingFault(str(answer["error"]))
    host.end(dying=False)
    return dict(answer["value"])
