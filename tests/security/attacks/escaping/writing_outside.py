# tries: to write, rename, remove, link, chmod and touch what lies outside of its own folder
# points: 0.2
# outcome: passed
import os
import sys

import torch


def count(n):
    found = []
    targets = ["/usr/bin/python3", "/bin/sh", "/etc", "/dev", "/proc", "/", sys.executable, os.__file__, torch.__file__]
    targets += [__import__("kafedra").__file__, __import__("msgpack").__file__, sys.prefix]
    for path in targets:
        for name, action in {
            "append": lambda: os.open(path, os.O_WRONLY | os.O_APPEND),
            "chmod": lambda: os.chmod(path, 0o777),
            "chown": lambda: os.chown(path, 1000, 1000),
            "rename": lambda: os.rename(path, path + ".kafedra_attack"),
            "remove": lambda: os.remove(path),
            "link": lambda: os.link(path, "/tmp/linked"),
            "touch": lambda: os.utime(path),
            "truncate": lambda: os.truncate(path, 0),
        }.items():
            try:
                action()
                found.append((path, name))
            except OSError:
                pass
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
