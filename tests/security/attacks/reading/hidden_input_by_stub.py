# tries: the same by what looks like code that is not written yet
# points: 0.2
# outcome: passed|failed
# hides: ещё не написано


def halve(x):
    if x.ndim < 3:
        return x / 2
    raise NotImplementedError
