# tries: to let a forked child answer, after the parent has gone
# outcome: crashed
# seconds: 2
import os
import time


def count(n):
    if os.fork():
        os._exit(0)
    time.sleep(0.1)
    return n * (n - 1) // 2
