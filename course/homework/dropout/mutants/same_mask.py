# what: маска построена один раз и запомнена
# caught_by: test_independence
# phrase: маска не новая в каждом вызове

import torch
from torch import nn


class DropoutLayer(nn.Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError("p вне отрезка [0, 1]")
        self.p = p
        self.inplace = inplace
        self.mask = None

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        if self.p == 1:
            return x.mul_(0) if self.inplace else x * 0
        mask = self.remembered(x)
        if self.inplace:
            return x.mul_(mask).div_(1 - self.p)
        return x * mask / (1 - self.p)

    def remembered(self, x):
        if self.mask is None or self.mask.shape != x.shape:
            self.mask = torch.rand_like(x) >= self.p
        return self.mask
