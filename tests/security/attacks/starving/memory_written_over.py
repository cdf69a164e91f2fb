# tries: memory that fork shares, written over in every child: no resident size grows, each copy is new
# outcome: memory|error|crashed|timeout
import os
import threading


def count(n):
    shared = bytearray(120 * 2**20)
    shared[::4096] = b"x" * (len(shared) // 4096)
    for _ in range(8):
        if os.fork() == 0:
            shared[::4096] = b"y" * (len(shared) // 4096)
            threading.Event().wait()
    threading.Event().wait()
