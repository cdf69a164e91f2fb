# tries: shared memory that no process has mapped in at the moment, so that no resident size shows it
# outcome: memory|error|crashed
import mmap
import os
import threading


def hide(pieces, size=10 * 2**20):
    kept = []
    for _ in range(pieces):
        kept.append(mmap.mmap(-1, size, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE))
        kept[-1].madvise(mmap.MADV_DONTNEED)
    return kept


def count(n):
    kept = hide(6)
    for _ in range(7):
        if os.fork() == 0:
            more = hide(6)
            threading.Event().wait()
    threading.Event().wait()
