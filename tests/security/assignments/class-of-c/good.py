"""A submission with nothing wrong in it."""

import itertools


def running(values):
    total, sums = 0, []
    for value in itertools.chain(values):
        total += value
        sums.append(total)
    return sums
