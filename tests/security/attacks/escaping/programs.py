# tries: to start other programs, in all the ways that Python knows
# points: 0.2
# outcome: passed
import os
import subprocess
import sys


def count(n):
    found = []
    for action in (
        lambda: os.system("true") == 0,
        lambda: subprocess.run(["/bin/true"], check=True),
        lambda: os.posix_spawn("/bin/true", ["true"], {}) and os.wait()[1] == 0,
        lambda: os.popen("echo hello").read(),
        lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    ):
        try:
            if action():
                found.append(str(action))
        except (OSError, subprocess.SubprocessError):
            pass
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
