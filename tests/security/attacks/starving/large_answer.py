# tries: an answer larger than a frame may be
# outcome: crashed|memory|error|timeout
# seconds: 2
import torch


def halve(x):
    return torch.zeros(70 * 2**20, dtype=torch.uint8)


def count(n):
    return "x" * (5 * 2**20)


def label():
    return list(range(2 * 10**6))
