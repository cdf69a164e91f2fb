# tries: to leave zombies that nobody waits for
# points: 0.2
# outcome: passed
import os


def count(n):
    for _ in range(8):
        if os.fork() == 0:
            os._exit(0)
    return sum(range(n))
