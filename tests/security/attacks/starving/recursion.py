# tries: recursion without end, with the limit lifted
# outcome: crashed|error|memory|timeout
import sys


def count(n):
    sys.setrecursionlimit(2**31 - 1)

    def fall():
        return [fall() for _ in range(1)]

    return fall()
