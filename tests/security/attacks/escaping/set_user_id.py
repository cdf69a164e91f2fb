# tries: to become somebody else: root, the first user, or through a file that carries its owner's rights
# points: 0.2
# outcome: passed
import os


def count(n):
    found = []
    for action in (
        lambda: os.setuid(0),
        lambda: os.setgid(0),
        lambda: os.setresuid(0, 0, 0),
        lambda: os.setgroups([0]),
        lambda: os.initgroups("root", 0),
        lambda: os.setreuid(65534, 65534),
    ):
        try:
            action()
            found.append(str(action))
        except OSError:
            pass
    open("/tmp/program", "w").close()
    os.chmod("/tmp/program", 0o6777)
    try:
        os.execv("/tmp/program", ["program"])
    except OSError:
        pass
    if found or os.getuid() == 0 or os.geteuid() == 0:
        raise RuntimeError(str(found))
    return sum(range(n))
