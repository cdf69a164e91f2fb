# tries: clone with each of the flags that make a new namespace, and without
# points: 0.2
# outcome: passed
import ctypes
import os


def count(n):
    libc = ctypes.CDLL(None, use_errno=True)
    found = []
    for flag in (0x80, 0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000, 0x7E020000):
        pid = libc.syscall(ctypes.c_long(56), ctypes.c_ulong(flag | 17), 0, 0, 0, 0)
        if pid == 0:
            os._exit(0)
        if pid > 0:
            found.append(hex(flag))
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
