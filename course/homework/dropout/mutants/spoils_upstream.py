# what: backward умножает пришедший градиент на месте
# caught_by: test_gradient
# phrase: а он нужен и другим

import torch
from torch import nn


class Masking(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, mask, scale):
        ctx.save_for_backward(mask)
        ctx.scale = scale
        return x * mask * scale

    @staticmethod
    def backward(ctx, upstream):
        (mask,) = ctx.saved_tensors
        return upstream.mul_(mask).mul_(ctx.scale), None, None


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
        y = Masking.apply(x, torch.rand_like(x) >= self.p, 1 / (1 - self.p))
        return x.copy_(y) if self.inplace else y
