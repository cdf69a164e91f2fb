# tries: to reach a forbidden class through the bases of what replaces it
# outcome: forbidden|error|failed
import torch


class Layer:
    def __call__(self, x):
        return getattr(torch.nn, "Re" + "LU").__mro__[1]()(x)
