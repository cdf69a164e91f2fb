# tries: alarms and timers that go off in the middle of a later test
# points: 0.1
# outcome: passed|crashed
import signal


def count(n):
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    while True:
        pass


def label():
    return "кот"
