# tries: a cookie of core scheduling, with which nobody else may run beside it on the same core
# points: 0.2
# outcome: passed
import ctypes


def count(n):
    libc = ctypes.CDLL(None, use_errno=True)
    for scope in (0, 1, 2):
        if libc.prctl(62, 1, 0, scope, 0) != -1 or ctypes.get_errno() != 1:
            raise RuntimeError(f"scope {scope}: errno {ctypes.get_errno()}")
    return sum(range(n))
