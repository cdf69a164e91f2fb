# tries: to fork without end, each process in a session of its own and deaf to signals
# outcome: timeout|crashed|error
# seconds: 1.5
import os
import signal


def count(n):
    for number in (1, 2, 3, 13, 15, 17, 18, 20):
        signal.signal(number, signal.SIG_IGN)
    while True:
        try:
            if os.fork() == 0:
                os.setsid()
        except OSError:
            pass
