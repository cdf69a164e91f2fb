# what: в последовательностях обнуляется весь шаг: это Dropout1d
# caught_by: test_independence_of_layers
# phrase: Dropout1d

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
        shape = (*x.shape[:2], 1) if x.ndim == 3 else x.shape
        y = x * (torch.rand(shape) >= self.p) / (1 - self.p)
        return x.copy_(y) if self.inplace else y
