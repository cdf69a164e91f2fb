# tries: the right numbers in another dtype, and True for 1
# outcome: failed
import torch


def halve(x):
    return (x / 2).float()


def count(n):
    return float(n * (n - 1) // 2)


def secret(x):
    return x.sign().to(torch.int64)
