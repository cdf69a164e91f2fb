# tries: a parent that the kernel holds until its child is gone, and the child waits for ever
# outcome: timeout|crashed
# seconds: 1.5
import ctypes


def count(n):
    libc = ctypes.CDLL(None)
    if libc.vfork() == 0:
        libc.poll(None, 0, -1)
    return 0
