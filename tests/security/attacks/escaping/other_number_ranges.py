# tries: the same calls under the numbers of the x32 and of unknown tables
# points: 0.2
# outcome: passed
import ctypes


def count(n):
    libc = ctypes.CDLL(None, use_errno=True)
    found = []
    for base in (0x40000000, 0x20000000, 1 << 33):
        for number in (41, 59, 101, 165, 272, 319, 425):
            if libc.syscall(ctypes.c_long(base + number), 2, 1, 0, 0, 0, 0) != -1:
                found.append((base, number))
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
