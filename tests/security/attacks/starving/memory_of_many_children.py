# tries: memory that is within the limit in each process and far beyond it in all
# outcome: memory|crashed|timeout
import mmap
import os
import threading


def count(n):
    for _ in range(8):
        if os.fork() == 0:
            kept = mmap.mmap(-1, 60 * 2**20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE)
            threading.Event().wait()
    threading.Event().wait()
