# tries: handlers that fork a new process whenever one is told to end
# outcome: timeout
# seconds: 1.5
import os
import signal


def again(*_):
    try:
        os.fork()
    except OSError:
        pass


def count(n):
    for number in (1, 2, 3, 10, 12, 13, 14, 15, 17, 18):
        signal.signal(number, again)
    for _ in range(6):
        again()
    while True:
        pass
