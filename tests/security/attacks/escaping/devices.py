# tries: to open devices, to inject into a terminal, to add entropy, to read disks and memory
# points: 0.2
# outcome: passed
import fcntl
import os


def count(n):
    allowed = {"null", "zero", "full", "random", "urandom"}
    found = [name for name in os.listdir("/dev") if name not in allowed]
    for number in range(4):
        for request in (0x5412, 0x541C, 0x5401):
            try:
                fcntl.ioctl(number, request, b"x" * 64)
                found.append((number, request))
            except OSError:
                pass
    try:
        fcntl.ioctl(os.open("/dev/random", os.O_RDWR), 0x40085203, b"\0" * 16)
        found.append("entropy")
    except OSError:
        pass
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
