# tries: to see other processes, their memory, their descriptors, its own maps
# points: 0.2
# outcome: passed
import os


def count(n):
    found = os.listdir("/proc")
    for path in ("/proc/self/mem", "/proc/1/mem", f"/proc/{os.getppid()}/fd", "/proc/self/fd/3", "/dev/fd", "/dev/stdin"):
        if os.path.lexists(path) and path.startswith("/proc"):
            found.append(path)
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
