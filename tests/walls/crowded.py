"""A machine whose kernel makes no user namespaces, for one command, and how it is mended while that runs.

``python crowded.py start COMMAND…`` and ``python crowded.py mend PID``. The limit of `user.max_user_namespaces` belongs
to the user namespace, so a new one has its own.
"""

import ctypes
import os
import sys
from pathlib import Path

from kafedra.grading.sandbox.wall import UNPRIVILEGED
from kafedra.walls import libc
from kafedra.walls.launch import enter_user_namespace

_LIMIT = Path("/proc/sys/user/max_user_namespaces")


def start(command: list[str]) -> None:
    enter_user_namespace(UNPRIVILEGED if os.geteuid() == 0 else None)
    _LIMIT.write_text("0")
    os.execv(command[0], command)


def mend(pid: int) -> None:
    namespace = os.open(f"/proc/{pid}/ns/user", os.O_RDONLY)
    if ctypes.CDLL(None, use_errno=True).setns(namespace, libc.CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "setns")
    _LIMIT.write_text("1000")


if __name__ == "__main__":
    start(sys.argv[2:]) if sys.argv[1] == "start" else mend(int(sys.argv[2]))
