# what: p хранится в классе, один на все слои
# caught_by: test_share
# phrase: рядом с DropoutLayer

import torch
from torch import nn


class DropoutLayer(nn.Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError("p вне отрезка [0, 1]")
        DropoutLayer.p = p
        self.inplace = inplace

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        if self.p == 1:
            return x.mul_(0) if self.inplace else x * 0
        mask = torch.rand_like(x) >= self.p
        if self.inplace:
            return x.mul_(mask).div_(1 - self.p)
        return x * mask / (1 - self.p)
