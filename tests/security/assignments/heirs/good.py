"""A submission with nothing wrong in it: what else the library has is free, and so is a class of the same name."""

import heapq


class Queue:
    def __init__(self, values):
        self.waiting = list(values)
        heapq.heapify(self.waiting)

    def _get(self):
        return heapq.heappop(self.waiting)


def in_order(values):
    queue = Queue(values)
    return [queue._get() for _ in values]
