# tries: to leave stopped processes, which a polite signal does not end
# points: 0.2
# outcome: passed
import os
import signal


def count(n):
    for _ in range(4):
        if os.fork() == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
            os._exit(0)
    return sum(range(n))
