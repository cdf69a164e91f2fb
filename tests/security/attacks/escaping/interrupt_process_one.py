# tries: to interrupt the first process of the jail, whose handlers are those of a Python
# outcome: crashed|failed|error|timeout
# seconds: 1.5
import os
import signal


def count(n):
    for number in range(1, 65):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            os.kill(1, number)
    return -1
