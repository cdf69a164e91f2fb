# tries: the same out of the list of loaded modules, and by asking a loader that is below what finds modules
# outcome: forbidden
# assignment: whole-package
import importlib.util
import sys


def slope(x):
    name = "to" + "rch"
    if name in sys.modules:
        return [2 * value for value in x]
    spec = importlib.util.find_spec(name)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return [2 * value for value in x]
