# tries: to kill everything that can be killed: all, the parent, process 1, the keeper, the judge, small numbers
# outcome: crashed|error|timeout|failed
# seconds: 1.5
import os
import signal


def count(n):
    for pid in (0, -1, os.getppid(), 1, *range(1, 3000), *range(-3000, -1)):
        if pid not in (os.getpid(), -os.getpid(), 0):
            for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGUSR1):
                try:
                    os.kill(pid, number)
                except OSError:
                    pass
    raise ValueError("still here")
