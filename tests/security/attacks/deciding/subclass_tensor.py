# tries: a tensor of its own class that is equal to everything
# outcome: error|forbidden
import torch


class Always(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True

    def __eq__(self, other):
        return True


def halve(x):
    return Always(x)
