# what: backward берёт маску из слоя: она уже от следующего вызова
# caught_by: test_gradient
# phrase: другая маска

import torch
from torch import nn


class Masking(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, layer):
        ctx.layer = layer
        return x * layer.mask / (1 - layer.p)

    @staticmethod
    def backward(ctx, upstream):
        return upstream * ctx.layer.mask / (1 - ctx.layer.p), None


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
        self.mask = torch.rand_like(x) >= self.p
        y = Masking.apply(x, self)
        return x.copy_(y) if self.inplace else y
