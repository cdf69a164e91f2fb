"""Прямой и обратный проход написаны руками; слои — обычные классы, без nn.Module."""

import torch


class Piecewise(torch.autograd.Function):
    """x справа от нуля, left(x) слева; производная слева известна заранее."""

    @staticmethod
    def forward(ctx, x, left, slope):
        negative = x <= 0
        y = x.clone()
        y[negative] = left(x[negative])
        factor = torch.ones_like(x)
        factor[negative] = slope(x[negative])
        ctx.save_for_backward(factor)
        return y

    @staticmethod
    def backward(ctx, upstream):
        (factor,) = ctx.saved_tensors
        return upstream * factor, None, None


class Logistic(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        positive = x >= 0
        small = torch.exp(-x.abs())
        y = torch.where(positive, 1 / (1 + small), small / (1 + small))
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, upstream):
        (y,) = ctx.saved_tensors
        return upstream * y * (1 - y)


class MyReLU:
    def __call__(self, x):
        return Piecewise.apply(x, torch.zeros_like, torch.zeros_like)


class MyLeakyReLU:
    def __init__(self, negative_slope=0.01):
        self.negative_slope = negative_slope

    def __call__(self, x):
        slope = self.negative_slope
        return Piecewise.apply(x, lambda v: slope * v, lambda v: torch.full_like(v, slope))


class MySigmoid:
    def __call__(self, x):
        return Logistic.apply(x)


class MyELU:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def __call__(self, x):
        alpha = self.alpha
        return Piecewise.apply(x, lambda v: alpha * (v.exp() - 1), lambda v: alpha * v.exp())
