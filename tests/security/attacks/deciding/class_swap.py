# tries: to swap the class of a tensor after it was made
# outcome: error|failed
import torch


class Plain(torch.Tensor):
    pass


def halve(x):
    y = torch.zeros(4, 3, dtype=torch.float64)
    y.__class__ = Plain
    return y
