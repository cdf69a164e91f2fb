# tries: to hold locks on files that everybody uses, for ever
# points: 0.2
# outcome: passed
import fcntl
import os
import sys
import time


def count(n):
    if os.fork() == 0:
        for path in (sys.executable, os.__file__, "/dev/null", "/usr", "/bin/sh"):
            try:
                fcntl.flock(os.open(path, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                pass
        while True:
            time.sleep(1)
    return sum(range(n))
