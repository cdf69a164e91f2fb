# tries: to forbid looking into its memory (PR_SET_DUMPABLE), so that the one who sums it up finds nothing
# outcome: memory|crashed|timeout
import ctypes
import mmap
import os
import time


def count(n):
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    reader, writer = os.pipe()
    for _ in range(9):
        if os.fork() == 0:
            kept = mmap.mmap(-1, 60 * 2**20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE)
            os.write(writer, b"!")
            time.sleep(5)
            os._exit(len(kept) & 1)
    for _ in range(9):
        os.read(reader, 1)
    time.sleep(0.6)
    return sum(range(n))
