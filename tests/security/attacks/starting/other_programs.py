# tries: to start programs that the assignment does not name, by name, by path, through the loader and by a link
# points: 1
# outcome: passed
import glob
import os
import subprocess
import sys

NAMES = ("perl", "python3", "git", "mount", "su", "env", "id", "ls", "node", "gcc")


def count(n):
    found = []
    loaders = glob.glob("/lib64/ld-linux*") + glob.glob("/lib/ld-linux*")
    tries = [[name] for name in NAMES]
    tries += [[f"{folder}/{name}"] for name in NAMES for folder in ("/bin", "/usr/bin", "/usr/sbin", "/usr/local/bin")]
    tries += [[sys.executable, "-c", ""], [f"{sys.base_prefix}/bin/python3", "-c", ""], [f"{sys.prefix}/bin/python", "-c", ""]]
    tries += [[loader, f"/usr/bin/{name}"] for loader in loaders for name in NAMES]
    os.symlink("/usr/bin/perl", "perl")
    tries += [["./perl"], ["sh", "-c", "exec perl"], ["sh", "-c", "exec /usr/bin/env"]]
    for command in tries:
        try:
            if subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL).returncode == 0:
                found.append(command)
        except OSError:
            pass
    os.unlink("perl")
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
