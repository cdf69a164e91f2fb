# tries: hooks that run, and never end, when the process does
# points: 0.2
# outcome: passed
import atexit
import os
import sys
import threading
import weakref


class Undying:
    def __del__(self):
        while True:
            pass


def forever():
    while True:
        pass


def count(n):
    atexit.register(forever)
    os.register_at_fork(before=forever, after_in_child=forever)
    sys.modules["kept"] = Undying()
    weakref.finalize(sys.modules["kept"], forever)
    threading._register_atexit(forever)
    return sum(range(n))
