# what: нет return
# caught_by: test_values
# phrase: нет return

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
        mask = torch.rand_like(x) >= self.p
        x = x * mask / (1 - self.p)
