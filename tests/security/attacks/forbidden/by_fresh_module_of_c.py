# tries: a second copy of a module of C that has been loaded long ago, out of its own specification
# outcome: forbidden
# assignment: class-of-c
import importlib.util


def running(values):
    spec = importlib.util.find_spec("itertools")
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    return list(getattr(fresh, "accum" + "ulate")(values))
