# tries: to close the channel, ignore all signals and compute in several processes
# outcome: crashed
import os
import signal


def count(n):
    for number in (1, 2, 3, 15):
        signal.signal(number, signal.SIG_IGN)
    for _ in range(3):
        os.fork()
    os.close(3)
    while True:
        pass
