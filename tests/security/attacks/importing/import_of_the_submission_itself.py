# tries: to import itself under other names, again and again
# points: 0.2
# outcome: passed|failed
import sys


def count(n):
    import submission

    sys.modules["__main__"] = submission
    return submission.label and sum(range(n))


def label():
    import submission

    return submission.count(5)
