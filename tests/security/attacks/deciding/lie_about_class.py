# tries: an object that claims to be a tensor, and one that claims to be an int
# outcome: error
import torch


class Liar:
    def __init__(self, kind):
        self.kind = kind

    @property
    def __class__(self):
        return self.kind

    shape = torch.Size([4, 3])
    dtype = torch.float64

    def __eq__(self, other):
        return True


def halve(x):
    return Liar(torch.Tensor)


def count(n):
    return Liar(int)
