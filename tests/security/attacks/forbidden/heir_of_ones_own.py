# tries: an heir of one's own, made after the class was closed by a path that the text does not show
# outcome: forbidden
# assignment: heirs
import queue


class Mine(queue.LifoQueue.__base__):
    def __init__(self, values):
        self.queue = sorted(values)

    def _get(self):
        return self.queue.pop(0)


def in_order(values):
    waiting = Mine(values)
    return [waiting._get() for _ in values]
