# what: при p = 1 и inplace=True вход не изменён
# caught_by: test_in_place
# phrase: нули тоже пишут в сам x

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
            return torch.zeros_like(x)
        y = x * (torch.rand_like(x) >= self.p) / (1 - self.p)
        return x.copy_(y) if self.inplace else y
