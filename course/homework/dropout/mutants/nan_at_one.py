# what: при p = 1 деление на ноль: 0·∞ = NaN
# caught_by: test_edges
# phrase: 1/(1 − p) бесконечен

import torch
from torch import nn


class DropoutLayer(nn.Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError("p вне отрезка [0, 1]")
        self.p = p
        self.inplace = inplace

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        mask = torch.rand_like(x) >= self.p
        if self.inplace:
            return x.mul_(mask).div_(1 - self.p)
        return x * mask / (1 - self.p)
