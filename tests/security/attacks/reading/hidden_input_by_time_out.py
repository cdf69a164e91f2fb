# tries: the same by the time that a call takes
# points: 0.2
# outcome: passed|failed
# hides: "timeout"
# seconds: 4
import time


def halve(x):
    if x.ndim < 3:
        return x / 2
    time.sleep(60)
