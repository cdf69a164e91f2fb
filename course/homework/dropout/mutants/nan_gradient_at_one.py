# what: при p = 1 значение исправлено через where, а градиент — NaN
# caught_by: test_gradient_edges
# phrase: ∞·0

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
            return x.copy_(torch.where(mask, x * mask / torch.tensor(1.0 - self.p, dtype=x.dtype), 0))
        return torch.where(mask, x * mask / torch.tensor(1.0 - self.p, dtype=x.dtype), 0)
