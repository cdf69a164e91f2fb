# tries: memory of processes whose first thread has ended: as a whole they look dead, their other threads live on
# outcome: memory|crashed|timeout
import ctypes
import mmap
import os
import threading
import time


def hold(ready):
    kept = mmap.mmap(-1, 90 * 2**20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE)
    os.write(ready, b"!")
    time.sleep(5)
    os._exit(len(kept) & 1)


def count(n):
    libc = ctypes.CDLL(None)
    reader, writer = os.pipe()
    for _ in range(5):
        if os.fork() == 0:
            threading.Thread(target=hold, args=(writer,)).start()
            libc.syscall({"x86_64": 60, "aarch64": 93}[os.uname().machine], 0)
    for _ in range(5):
        os.read(reader, 1)
    time.sleep(0.6)
    return sum(range(n))
