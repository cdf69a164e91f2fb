"""A machine whose /proc is partly covered, as a container's is: ``python masked.py COMMAND…``. A new one is refused."""

import os
import sys

from kafedra.grading.sandbox.wall import UNPRIVILEGED
from kafedra.walls import libc
from kafedra.walls.launch import enter_user_namespace


def new_proc_is_refused() -> bool:
    child = os.fork()
    if child == 0:
        # what covers parts of it can't be taken away in there, as it can where it was put
        libc.unshare(libc.CLONE_NEWUSER | libc.CLONE_NEWNS | libc.CLONE_NEWPID)
        if os.fork() != 0:
            os._exit(os.waitstatus_to_exitcode(os.wait()[1]))
        try:
            libc.mount("proc", "/mnt", "proc", 0)
        except PermissionError:
            os._exit(0)
        os._exit(1)
    return os.waitpid(child, 0)[1] == 0


if __name__ == "__main__":
    enter_user_namespace(UNPRIVILEGED if os.geteuid() == 0 else None)
    libc.unshare(libc.CLONE_NEWNS)
    libc.mount("none", "/", "none", libc.MS_REC | libc.MS_PRIVATE)
    libc.mount("tmpfs", "/proc/irq", "tmpfs", libc.MS_RDONLY)
    if not new_proc_is_refused():
        sys.exit("a new /proc can be mounted here: this is no such machine")
    os.execv(sys.argv[1], sys.argv[1:])
