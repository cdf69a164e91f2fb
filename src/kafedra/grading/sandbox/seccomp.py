"""A seccomp filter as classic BPF, assembled here: libseccomp is not found inside the jail.

The program checks the architecture, lets the allowed numbers through, answers ENOSYS to ``clone3`` and EPERM to
everything else; ``clone`` passes only without namespace flags, ``mmap`` only without memory that is shared and nameless
(once unmapped from view it would be counted nowhere), ``prctl``, ``fcntl`` and ``ioctl`` only with the commands listed
(``ioctl`` with any, for a card's driver). Source: Linux's Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import errno
import functools
import struct
from collections.abc import Iterable
from typing import Final

from kafedra.grading.sandbox.syscalls import ALLOWED, FCNTL, IOCTL, NUMBERS, PRCTL, STARTING, UNKNOWN

_LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JUMP_ANY_BIT: Final = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_AND: Final = 0x54  # BPF_ALU | BPF_AND | BPF_K
_RETURN: Final = 0x06  # BPF_RET | BPF_K

_ALLOW: Final = 0x7FFF0000
_ERRNO: Final = 0x00050000
_KILL: Final = 0x80000000

# offsets in struct seccomp_data
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _SECOND_ARGUMENT, _FOURTH_ARGUMENT = 0, 4, 16, 24, 40

# CLONE_NEW{TIME,NS,CGROUP,UTS,IPC,USER,PID,NET}
_NAMESPACE_FLAGS: Final = 0x80 | 0x20000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000


_SHARED_ANONYMOUS: Final = 0x01 | 0x20  # MAP_SHARED | MAP_ANONYMOUS


def machine_is_known(machine: str) -> bool:
    return machine in NUMBERS


@functools.cache
def assemble(machine: str, *, starting: bool = False, gpu: bool = False) -> bytes:
    """The filter for ``os.uname().machine``; ``starting``: programs may be started; ``gpu``: a card's driver is there.

    Raises ``KeyError`` for a machine without a table.
    """
    limited = {"prctl": (_FIRST_ARGUMENT, PRCTL), "fcntl": (_SECOND_ARGUMENT, FCNTL)}
    if not gpu:
        limited["ioctl"] = (_SECOND_ARGUMENT, IOCTL)
    architecture, numbers = NUMBERS[machine]
    program = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_JUMP_EQUAL, architecture, 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
    ]
    allowed = ALLOWED | STARTING if starting else ALLOWED
    for name in sorted(allowed & numbers.keys() - {"clone", "mmap", *limited}, key=numbers.__getitem__):
        program += [_instruction(_JUMP_EQUAL, numbers[name], 0, 1), _instruction(_RETURN, _ALLOW)]
    for name in sorted(UNKNOWN & numbers.keys()):
        program += [_instruction(_JUMP_EQUAL, numbers[name], 0, 1), _instruction(_RETURN, _ERRNO | errno.ENOSYS)]
    for name, (argument, values) in limited.items():
        program += _only_with(numbers[name], argument, values)
    program += [
        _instruction(_JUMP_EQUAL, numbers["mmap"], 0, 5),
        _instruction(_LOAD, _FOURTH_ARGUMENT),
        _instruction(_AND, _SHARED_ANONYMOUS),
        _instruction(_JUMP_EQUAL, _SHARED_ANONYMOUS, 1, 0),
        _instruction(_RETURN, _ALLOW),
        _instruction(_RETURN, _ERRNO | errno.EPERM),
        _instruction(_JUMP_EQUAL, numbers["clone"], 0, 3),
        _instruction(_LOAD, _FIRST_ARGUMENT),
        _instruction(_JUMP_ANY_BIT, _NAMESPACE_FLAGS, 1, 0),
        _instruction(_RETURN, _ALLOW),
        _instruction(_RETURN, _ERRNO | errno.EPERM),
    ]
    return b"".join(program)


def _only_with(number: int, argument: int, values: Iterable[int]) -> list[bytes]:
    """The call passes where the lower half of its argument is one of ``values``."""
    listed = sorted(values)
    return [
        _instruction(_JUMP_EQUAL, number, 0, 3 + len(listed)),
        _instruction(_LOAD, argument),
        *(_instruction(_JUMP_EQUAL, value, len(listed) - place) for place, value in enumerate(listed)),
        _instruction(_RETURN, _ERRNO | errno.EPERM),
        _instruction(_RETURN, _ALLOW),
    ]


def _instruction(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)
