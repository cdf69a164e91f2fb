# tries: to change the interpreter for whoever comes next: hooks, traces, limits, encodings, signals
# points: 0.2
# outcome: passed
import gc
import locale
import os
import sys
import threading


def count(n):
    sys.setrecursionlimit(100)
    sys.set_int_max_str_digits(640)
    sys.setswitchinterval(1000)
    gc.set_threshold(1)
    threading.stack_size(2**16)
    locale.setlocale(locale.LC_ALL, "C")
    os.environ.clear()
    os.chdir("/")
    os.umask(0o777)
    sys.excepthook = sys.unraisablehook = sys.displayhook = lambda *a: os._exit(0)
    sys.modules["builtins"].print = lambda *a, **k: None
    return sum(range(n))
