"""The few calls of libc and of Linux that Python 3.11 does not wrap. Every failure is an ``OSError``."""

from __future__ import annotations

import ctypes
import os
import signal
from typing import Any, Final

_libc: Final = ctypes.CDLL(None, use_errno=True)
_locked: Final = ctypes.PyDLL(None, use_errno=True)  # keeps the interpreter's lock during a call, as os.fork does

CLONE_NEWNS: Final = 0x00020000
CLONE_NEWCGROUP: Final = 0x02000000
CLONE_NEWUTS: Final = 0x04000000
CLONE_NEWIPC: Final = 0x08000000
CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWPID: Final = 0x20000000
CLONE_NEWNET: Final = 0x40000000

# the first four are the same numbers in mount(2) and in mount_setattr(2)
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 0x1000, 0x4000, 1 << 18

_MNT_DETACH: Final = 2
_AT_FDCWD: Final = -100
_AT_EMPTY_PATH: Final = 0x1000
_AT_RECURSIVE: Final = 0x8000
_OPEN_TREE_CLONE: Final = 1
_MOVE_MOUNT_F_EMPTY_PATH: Final = 4

# numbers of system calls that glibc of Debian 12 has no function for; the first three are the same on all machines
_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442
_PIVOT_ROOT: Final = {"x86_64": 155, "aarch64": 41}
_CLONE: Final = {"x86_64": 56, "aarch64": 220}

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _PR_SET_CHILD_SUBREAPER = 1, 22, 38, 36
_SECCOMP_MODE_FILTER: Final = 2
_CAPABILITY_VERSION_3: Final = 0x20080522


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def unshare(flags: int) -> None:
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def fork_into(namespaces: int) -> int:
    """``os.fork()`` whose child is the first process of new ``namespaces``: with a pid namespace, its pid 1.

    ``unshare`` and then a fork come to the same by way of one process more. What Python does around a fork is done
    here; what glibc does (``pthread_atfork``, its note of the thread's number) is not: the child may fork and wait.
    """
    number, flags = ctypes.c_long(_CLONE[os.uname().machine]), ctypes.c_ulong(namespaces | signal.SIGCHLD)
    nothing = ctypes.c_long(0)
    ctypes.pythonapi.PyOS_BeforeFork()
    child = int(_locked.syscall(number, flags, nothing, nothing, nothing, nothing))
    if child == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
        return 0
    code = ctypes.get_errno()
    ctypes.pythonapi.PyOS_AfterFork_Parent()
    _check(-1 if child < 0 else 0, "clone", code)
    return child


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    arguments = (source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode())
    _check(_libc.mount(*arguments), f"mount {target}")


def clone_mounts(path: str) -> int:
    """A copy of what is mounted at and below ``path``, at no place yet: a descriptor (open_tree, Linux 5.2)."""
    flags = ctypes.c_uint(_OPEN_TREE_CLONE | _AT_RECURSIVE | os.O_CLOEXEC)
    return _system_call(_OPEN_TREE, f"open_tree {path}", ctypes.c_int(_AT_FDCWD), os.fsencode(path), flags)


def restrict_mounts(mounts: int, flags: int) -> None:
    """Set some of the first four MS_ flags on a copy and all below it (mount_setattr, Linux 5.12)."""
    _set_mount_flags(mounts, b"", flags, _AT_EMPTY_PATH | _AT_RECURSIVE)


def restrict_mount(path: str, flags: int) -> None:
    """The same for the one file system that is mounted at ``path``."""
    _set_mount_flags(_AT_FDCWD, os.fsencode(path), flags, 0)


def _set_mount_flags(directory: int, path: bytes, flags: int, how: int) -> None:
    attributes = (ctypes.c_uint64 * 4)(flags, 0, 0, 0)
    size = ctypes.c_size_t(ctypes.sizeof(attributes))
    arguments = (ctypes.c_int(directory), path, ctypes.c_uint(how), attributes, size)
    _system_call(_MOUNT_SETATTR, "mount_setattr", *arguments)


def place_mounts(mounts: int, path: str) -> None:
    """Put a copy where it is to be seen (move_mount, Linux 5.2)."""
    flags = ctypes.c_uint(_MOVE_MOUNT_F_EMPTY_PATH)
    arguments = (ctypes.c_int(mounts), b"", ctypes.c_int(_AT_FDCWD), os.fsencode(path), flags)
    _system_call(_MOVE_MOUNT, f"move_mount {path}", *arguments)


def change_root() -> None:
    """Make the current directory, a mount, the root, and let go of the old one.

    The old root is stacked on the new one and then unmounted; see "pivot_root(".", ".")" in pivot_root(2).
    """
    _system_call(_PIVOT_ROOT[os.uname().machine], "pivot_root", b".", b".")
    _check(_libc.umount2(b".", ctypes.c_int(_MNT_DETACH)), "umount2")
    os.chdir("/")


def die_with_parent() -> None:
    """SIGKILL for this process when its present parent ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def become_subreaper() -> None:
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def forbid_new_privileges() -> None:
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Empty the effective, permitted and inheritable sets of this thread."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def load_filter(program: bytes) -> None:
    """Confine this thread and all it starts to a seccomp program; there is no way back."""
    code = ctypes.create_string_buffer(program, len(program))
    program_header = _Filter(len(program) // 8, ctypes.cast(code, ctypes.c_void_p))
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program_header))


def _prctl(option: int, argument: int, pointer: int = 0) -> None:
    values = (ctypes.c_ulong(argument), ctypes.c_ulong(pointer), ctypes.c_ulong(0), ctypes.c_ulong(0))
    _check(_libc.prctl(ctypes.c_int(option), *values), f"prctl {option}")


def _system_call(number: int, what: str, *arguments: Any) -> int:
    result = int(_libc.syscall(ctypes.c_long(number), *arguments))
    _check(min(result, 0), what)
    return result


def _check(result: int, what: str, code: int | None = None) -> None:
    if result != 0:
        code = ctypes.get_errno() if code is None else code
        raise OSError(code, f"{what}: {os.strerror(code)}")
