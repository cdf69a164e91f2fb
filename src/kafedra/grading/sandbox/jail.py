"""One submission's jail: namespaces, mounts, limits and filter, put on from inside, in this order.

Called in a process just forked from the warm zygote. What the zygote holds in memory (an interpreter with torch)
is shared copy-on-write; everything else of the outside world goes away here.
"""

from __future__ import annotations

import os
import re
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kafedra.grading.sandbox import programs
from kafedra.walls import libc
from kafedra.walls.refusal import Step, step

HOME: Final = "/tmp"  # noqa: S108 - the jail's own, on a private tmpfs
_UID: Final = 1000
_MIB: Final = 2**20
_NICENESS: Final = 5
_TIMERS: Final = 64  # armed timers and waiting signals; tens of thousands would keep a processor in its interrupts
_EMPTY: Final = libc.MS_RDONLY | libc.MS_NOSUID | libc.MS_NODEV | libc.MS_NOEXEC
_PRIVATE: Final = libc.MS_NOSUID | libc.MS_NODEV | libc.MS_NOEXEC


@dataclass(frozen=True)
class Jail:
    """Limits of one submission: memory and files in MiB, time in seconds of CPU, counts as they are.

    ``cores``: the processors that it may use; none means all. So one submission cannot starve the next core's.
    ``programs``: names of those that may be started. Without any, ``filter`` lets none be; with them no other is there.
    ``memory_mb`` limits the address space, except with a ``gpu``: its driver reserves far more than it uses.
    """

    memory_mb: int
    processes: int
    file_mb: int
    files: int
    cpu_seconds: int
    cores: tuple[int, ...]
    filter: bytes
    gpu: bool = False
    programs: tuple[str, ...] = ()


_NAMESPACES: Final = libc.CLONE_NEWPID | libc.CLONE_NEWNS | libc.CLONE_NEWIPC


def enter_namespaces() -> None:
    """New user, pid, mount and IPC namespaces, step by step: a machine that refuses one of the steps is known by it.

    Raises :class:`~kafedra.walls.refusal.Refused`.
    """
    outside = os.geteuid(), os.getegid()
    with step(Step.USER_NAMESPACE, inner=True):
        libc.unshare(libc.CLONE_NEWUSER)
    map_user(*outside)
    with step(Step.NAMESPACES, inner=True):
        libc.unshare(_NAMESPACES)


def fork_into_namespaces() -> int:
    """A fork whose child is pid 1 of the same namespaces, all made at once; the child has to :func:`map_user`.

    Raises :class:`~kafedra.walls.refusal.Refused`.
    """
    with step(Step.NAMESPACES, inner=True):
        return libc.fork_into(libc.CLONE_NEWUSER | _NAMESPACES)


def map_user(uid: int, gid: int) -> None:
    """In a new user namespace: who is ``uid`` outside is one ordinary user inside, and there is nobody else.

    Raises :class:`~kafedra.walls.refusal.Refused`.
    """
    with step(Step.USER_MAP, inner=True):
        _write("/proc/self/setgroups", b"deny")
        _write("/proc/self/uid_map", b"%d %d 1" % (_UID, uid))
        _write("/proc/self/gid_map", b"%d %d 1" % (_UID, gid))


def _write(path: str, data: bytes) -> None:
    """As plainly as can be: what this process touches of Python it copies first, once for every submission."""
    file = os.open(path, os.O_WRONLY)
    os.write(file, data)
    os.close(file)


def mount_private_files(jail: Jail) -> None:
    """A private /tmp with a size and a file count; an empty /proc, so that no process sees another.

    What the warm process wrote to its own /tmp while it loaded modules lies below it, out of reach.

    Raises :class:`~kafedra.walls.refusal.Refused`.
    """
    with step(Step.MOUNT, inner=True):
        _mount_private_files(jail)
    os.chdir(HOME)


def _mount_private_files(jail: Jail) -> None:
    libc.mount("none", "/", "none", libc.MS_REC | libc.MS_PRIVATE)
    installed = {path: os.open(path, os.O_PATH) for path in _installed_below_home}
    inodes = jail.files + sum(len(path.relative_to(HOME).parts) for path in installed)
    flags = _PRIVATE & ~libc.MS_NOEXEC if jail.programs else _PRIVATE  # what was compiled has to run
    libc.mount("tmpfs", HOME, "tmpfs", flags, f"size={jail.file_mb}m,nr_inodes={inodes},mode=0700")
    for path, descriptor in installed.items():  # an interpreter that lives below /tmp has to stay in sight
        path.mkdir(parents=True, exist_ok=True)
        libc.mount(f"/proc/self/fd/{descriptor}", str(path), "none", libc.MS_BIND | libc.MS_REC)
        os.close(descriptor)
    if jail.programs:
        programs.leave_only(jail.programs)
    for place in ("/proc", "/sys"):
        if Path(place).exists():
            libc.mount("tmpfs", place, "tmpfs", _EMPTY, "size=4k,nr_inodes=1,mode=0555")


def confine(jail: Jail) -> None:
    """Limits, no capabilities, no way to new ones, and the system call filter. The last step.

    Raises :class:`~kafedra.walls.refusal.Refused`.
    """
    with step(Step.LIMITS, inner=True):
        _confine(jail)


def _confine(jail: Jail) -> None:
    limits = {
        resource.RLIMIT_AS: _address_space() + jail.memory_mb * _MIB,
        resource.RLIMIT_CPU: jail.cpu_seconds,
        resource.RLIMIT_FSIZE: jail.file_mb * _MIB,
        resource.RLIMIT_NPROC: jail.processes,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: _TIMERS,
    }
    if jail.gpu:
        del limits[resource.RLIMIT_AS]  # what is really used is still watched from outside
    for kind, limit in limits.items():
        resource.setrlimit(kind, (limit, limit))
    if jail.cores:
        os.sched_setaffinity(0, jail.cores)
    os.umask(0o077)
    os.nice(_NICENESS)  # on a full machine, the server and the judge come first
    libc.forbid_new_privileges()
    libc.drop_capabilities()
    libc.load_filter(jail.filter)


_address_space_of_zygote = 0


def remember_address_space() -> None:
    """Note how much the zygote itself maps: a submission's memory limit comes on top of that."""
    global _address_space_of_zygote
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    _address_space_of_zygote = pages * resource.getpagesize()


def _address_space() -> int:
    return _address_space_of_zygote


_installed_below_home: tuple[Path, ...] = ()


def remember_interpreter() -> None:
    """Note which folders are mounted below /tmp: an interpreter may live there, as a temporary environment does."""
    global _installed_below_home
    below = sorted(path for path in _mount_points() if Path(HOME) in path.parents)
    # a folder that is bound brings along what is mounted in it
    _installed_below_home = tuple(path for path in below if not set(path.parents) & set(below))


def _mount_points() -> Iterator[Path]:
    """Source: proc_pid_mountinfo(5); a blank in a path is written as an octal escape."""
    for line in Path("/proc/self/mountinfo").read_bytes().splitlines():
        path = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), line.split()[4])
        yield Path(os.fsdecode(path))
