"""A machine that forbids something, for one command: ``python forbidding.py ERRNO CALL[,CALL] COMMAND…``.

A filter of system calls answers the calls with that error, as containers and hardened services do.
"""

import errno
import os
import struct
import sys

from kafedra.walls import libc

_NUMBERS = {
    "x86_64": {"unshare": 272, "mount": 165, "pivot_root": 155, "sethostname": 170, "mount_setattr": 442},
    "aarch64": {"unshare": 97, "mount": 40, "pivot_root": 41, "sethostname": 161, "mount_setattr": 442},
}


def forbid(calls: list[str], code: int) -> None:
    """For this process and all that come from it."""
    numbers = [_NUMBERS[os.uname().machine][call] for call in calls]
    program = struct.pack("=HBBI", 0x20, 0, 0, 0)  # load the number of the call
    for number in numbers:
        program += struct.pack("=HBBI", 0x15, 0, 1, number) + struct.pack("=HBBI", 0x06, 0, 0, 0x50000 | code)
    program += struct.pack("=HBBI", 0x06, 0, 0, 0x7FFF0000)  # allow
    libc.forbid_new_privileges()
    libc.load_filter(program)


if __name__ == "__main__":
    forbid(sys.argv[2].split(","), getattr(errno, sys.argv[1]))
    os.execv(sys.argv[3], sys.argv[3:])
