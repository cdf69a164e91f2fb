# tries: to stop its own process, so that it neither answers nor ends
# outcome: timeout
# seconds: 1.5
import os
import signal


def count(n):
    os.kill(os.getpid(), signal.SIGSTOP)
