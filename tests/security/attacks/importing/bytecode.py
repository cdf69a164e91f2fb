# tries: to replace the compiled files of modules that are loaded later
# points: 0.2
# outcome: passed
import os
import sys


def count(n):
    found = []
    for module in list(sys.modules.values()):
        path = getattr(module, "__cached__", None)
        if isinstance(path, str):
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT))
                found.append(path)
            except OSError:
                pass
    sys.pycache_prefix = "/tmp"
    sys.dont_write_bytecode = False
    if found:
        raise RuntimeError(str(found[:5]))
    return sum(range(n))
