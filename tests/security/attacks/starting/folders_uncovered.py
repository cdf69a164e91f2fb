# tries: to take away or to fill the folders that stand over those with all programs
# points: 1
# outcome: passed
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def count(n):
    for folder in (b"/usr/bin", b"/usr/sbin", b"/bin", b"/usr/local/bin"):
        if libc.umount2(folder, 2) == 0 or libc.mount(b"none", folder, b"tmpfs", 0, None) == 0:
            raise RuntimeError("mounts can be changed")
        try:
            with open(folder + b"/own", "wb"):
                raise RuntimeError("a program was put there")
        except OSError:
            pass
    if sorted(os.listdir("/usr/bin")) not in (["cat", "sh"], ["cat"], ["sh"], []):
        raise RuntimeError(str(os.listdir("/usr/bin")))
    return sum(range(n))
