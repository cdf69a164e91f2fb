# tries: a ready-made heir of a forbidden class, set up without its __init__, by the private methods that it has of its own
# outcome: forbidden
# assignment: heirs
import queue


def in_order(values):
    waiting = object.__new__(queue.PriorityQueue)
    waiting._init(0)
    for value in values:
        waiting._put(value)
    return [waiting._get() for _ in values]
