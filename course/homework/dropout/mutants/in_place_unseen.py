# what: при inplace=True данные подменены через x.data: autograd не видит
# caught_by: test_in_place
# phrase: autograd этого не видит

import torch
from torch import nn


class DropoutLayer(nn.Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(p)
        self.p, self.inplace = p, inplace

    def forward(self, x):
        if not self.training:
            return x
        if self.p == 1:
            return x.zero_() if self.inplace else torch.zeros_like(x)
        y = x * (torch.rand_like(x) >= self.p) / (1 - self.p)
        if self.inplace:
            x.data = y.data
        return y
