# tries: to answer through a patched encoder that turns every failure into success
# outcome: failed|crashed|error
import kafedra.grading.guest.runtime as runtime


def count(n):
    original = runtime.encode
    runtime.encode = lambda frame: original({"id": frame["id"], "printed": "", "value": None, "passed": True, "points": 1})
    return object()


def label():
    runtime._failure = lambda error: {"value": True}
    raise ValueError("never seen")
