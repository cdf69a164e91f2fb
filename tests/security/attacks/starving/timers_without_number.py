# tries: tens of thousands of armed timers whose signal is ignored: each goes off in an interrupt, not in the process
# points: 0.2
# outcome: passed
import ctypes
import os
import signal


def count(n):
    create, settime = {"x86_64": (222, 223), "aarch64": (107, 110)}[os.uname().machine]
    libc = ctypes.CDLL(None, use_errno=True)
    signal.signal(signal.SIGRTMIN + 2, signal.SIG_IGN)
    event = (ctypes.c_int * 16)()
    event[2] = signal.SIGRTMIN + 2
    every = (ctypes.c_long * 4)(0, 1, 0, 1)
    for made in range(1000):
        timer = ctypes.c_int()
        if libc.syscall(create, 1, ctypes.byref(event), ctypes.byref(timer)) != 0:
            break
        libc.syscall(settime, timer, 0, every, None)
    if not 1 < made < 200:
        raise RuntimeError(f"{made} timers")
    return sum(range(n))
