"""Does the sandbox hold on this machine? Tries it, instead of reading versions."""

from __future__ import annotations

import os
import platform
import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kafedra.grading import packets, processes
from kafedra.grading.faults import GradingError, GradingFault
from kafedra.grading.judge.keeper_host import KeeperHost
from kafedra.grading.sandbox import bubblewrap, seccomp
from kafedra.grading.sandbox.interpreter import find_interpreter
from kafedra.grading.sandbox.readability import find_closed

_JOB: Final = {"memory_mb": 64, "processes": 8, "file_mb": 4, "files": 50, "cpu_seconds": 5, "wall_seconds": 10}

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
class Finding:
    """One thing that was looked at. ``remedy`` says how to mend it, where it is not in order."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def check_sandbox() -> list[Finding]:
    """Findings in the order in which they matter; the last one is a real run (≈ 0.5 s)."""
    findings = [_bubblewrap(), _machine(), _interpreter(), _namespaces()]
    if all(finding.ok for finding in findings):
        findings.append(_real_run())
    return findings


def _bubblewrap() -> Finding:
    path = shutil.which("bwrap")
    return Finding("bubblewrap", path is not None, path or "not found", "apt-get install bubblewrap")


def _machine() -> Finding:
    machine = os.uname().machine
    remedy = "run kafedra on x86_64 or aarch64"
    return Finding("seccomp", seccomp.machine_is_known(machine), f"{machine}, Linux {platform.release()}", remedy)


def _interpreter() -> Finding:
    interpreter = find_interpreter(None)
    closed = find_closed(interpreter, bubblewrap.UNPRIVILEGED) if os.geteuid() == 0 else None
    if closed is not None:
        return Finding("interpreter", False, closed.what, closed.remedy)
    return Finding("interpreter", True, interpreter.executable)


def _namespaces() -> Finding:
    limits = {"user.max_user_namespaces": "/proc/sys/user/max_user_namespaces"}
    for name, path in limits.items():
        try:
            allowed = int(Path(path).read_text("ascii"))
        except (OSError, ValueError):
            return Finding("namespaces", False, f"{path} can't be read", "run a Linux kernel with user namespaces")
        if allowed == 0:
            return Finding("namespaces", False, f"{name} = 0", f"sysctl -w {name}=10000")
    return Finding("namespaces", True, "user namespaces are allowed")


def _real_run() -> Finding:
    started = time.monotonic()
    try:
        open_doors = [name for name, outcome in _attempts().items() if outcome is not None]
    except (GradingError, OSError, EOFError) as error:
        remedy = "see the message; on Ubuntu: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        return Finding("sandbox", False, str(error).strip(), remedy)
    if open_doors:
        return Finding("sandbox", False, f"it does not hold: {', '.join(open_doors)}", "please report this machine")
    return Finding("sandbox", True, f"holds; a trial took {(time.monotonic() - started) * 1000:.0f} ms")


def _attempts() -> dict[str, Any]:
    keeper = processes.start("sandbox", lambda fd: bubblewrap.command(fd, find_interpreter(None), [], 1), {})
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
    nothing = {"forbidden": [], "module": "", "rests_on": {}}
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
