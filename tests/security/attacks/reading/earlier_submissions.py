# tries: to find traces of earlier submissions: files, modules, text in memory
# points: 0.2
# outcome: passed
import gc
import os
import sys


def count(n):
    # an interpreter that is installed below /tmp is seen there, and belongs to nobody
    found = [name for name in os.listdir("/tmp") if not sys.prefix.startswith("/tmp/" + name + "/")]
    found += [name for name in sys.modules if "submission" in name and name not in ("submission",) and "kafedra" not in name]
    sought = "neigh" + "bour"  # what the submission before this one prints
    for value in gc.get_objects():
        if type(value) is dict and sought in [item for item in list(value.values())[:50] if type(item) is str]:
            found.append("a text of an earlier submission")
    if found:
        raise RuntimeError(str(found[:10]))
    return sum(range(n))
