# tries: to overflow the C stack
# outcome: crashed|error|memory
import sys


class Deep:
    def __repr__(self):
        return repr(self)

    __str__ = __repr__


def count(n):
    sys.setrecursionlimit(10**6)
    return repr(Deep())
