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
        if not (p >= 0 and p <= 1):
            raise ValueError("вероятность вне отрезка [0, 1]")
        self.p, self.in_place = p, inplace

    def factors(self, x):
        keep = 1.0 - self.p
        mask = torch.empty(x.shape, dtype=x.dtype, device=x.device).bernoulli_(keep)
        return mask.div_(keep) if keep else mask

    def forward(self, x):
        if self.training:
            return Masking.apply(x, self.factors(x), self.in_place)
        return x


def corrupt(y, noise, generator):
    spoilt = y.clone()
    chosen = torch.empty(len(y)).bernoulli_(noise, generator=generator) == 1
    digits = (
        torch.multinomial(torch.ones(9), int(chosen.sum()), replacement=True, generator=generator)
        if chosen.any()
        else 0
    )
    spoilt[chosen] = digits + (digits >= y[chosen])
    return spoilt


class Perceptron(nn.Module):
    """Дропаут — один и тот же объект в двух местах; слои созданы от последнего к первому."""

    def __init__(self, p):
        super().__init__()
        self.dropout = DropoutLayer(p, inplace=True)
        self.last, self.middle, self.first = nn.Linear(128, 10), nn.Linear(128, 128), nn.Linear(64, 128)
        for layer in (self.first, self.middle, self.last):
            layer.weight.data.normal_(0, (2 / layer.in_features) ** 0.5)
            layer.bias.data.zero_()

    def forward(self, x):
        x = self.dropout(self.first(x).clamp(min=0))
        return self.last(self.dropout(torch.relu(self.middle(x))))


def make_network(p):
    return Perceptron(p)
