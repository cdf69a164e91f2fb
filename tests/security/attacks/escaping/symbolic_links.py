# tries: links from its own folder to everywhere, and through what it believes are other people's folders
# points: 0.2
# outcome: passed
import os


def count(n):
    found = []
    for place in ("/root/.ssh", "/proc/1/root", "/proc/self/cwd", "/var/lib", "/../../boot", "/dev/fd/3"):
        os.symlink(place, "/tmp/link")
        try:
            found += os.listdir("/tmp/link")
        except OSError:
            pass
        os.remove("/tmp/link")
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
