# tries: tensors without dimensions, without elements, and expanded to 2**40 elements
# outcome: failed|error|memory
import torch


def halve(x):
    return torch.empty(0, 3, dtype=torch.float64)


def count(n):
    return torch.tensor(7)


def secret(x):
    return torch.zeros(1).expand(2**40)
