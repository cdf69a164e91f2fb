"""Прямой и обратный проход написаны руками; маска — готовые множители, 0 или 1/(1 - p)."""

import torch
from torch import nn


class Masking(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, factors, inplace):
        ctx.save_for_backward(factors)
        if inplace:
            ctx.mark_dirty(x)
            return x.copy_(x * factors)
        return torch.mul(x, factors)

    @staticmethod
    def backward(ctx, upstream):
        (factors,) = ctx.saved_tensors
        return upstream * factors, None, None


class DropoutLayer(nn.Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError("вероятность вне отрезка [0, 1]")
        self.keep, self.in_place = 1.0 - p, inplace

    def factors(self, x):
        mask = torch.empty(x.shape, dtype=x.dtype, device=x.device).bernoulli_(self.keep)
        return mask.div_(self.keep) if self.keep else mask

    def forward(self, x):
        if self.training:
            return Masking.apply(x, self.factors(x), self.in_place)
        return x
