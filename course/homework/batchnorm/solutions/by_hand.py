"""Прямой и обратный проход написаны руками на матрице (числа канала, канал); имена свои."""

import torch
from torch import nn


class Standardise(torch.autograd.Function):
    """Столбцы матрицы (n, C) со средним 0 и дисперсией 1; градиент — по формуле из статьи."""

    @staticmethod
    def forward(ctx, rows, eps):
        centred = rows - rows.sum(0) / len(rows)
        inverse = torch.rsqrt((centred * centred).sum(0) / len(rows) + eps)
        normal = centred * inverse
        ctx.save_for_backward(normal, inverse)
        return normal

    @staticmethod
    def backward(ctx, upstream):
        normal, inverse = ctx.saved_tensors
        total = upstream.sum(0) + normal * (upstream * normal).sum(0)
        return inverse * (upstream - total / len(normal)), None


class BatchNorm2dLayer(nn.Module):
    def __init__(self, num_features, eps=0.00001, momentum=0.1, affine=True, track_running_stats=True):
        super().__init__()
        self.settings = eps, momentum
        self.gamma = nn.Parameter(torch.ones(1, num_features)) if affine else None
        self.beta = nn.Parameter(torch.zeros(1, num_features)) if affine else None
        kept = track_running_stats
        self.register_buffer("centre", torch.zeros(num_features) if kept else None)
        self.register_buffer("spread", torch.ones(num_features) if kept else None)
        self.register_buffer("seen", torch.zeros(()) if kept else None)

    def remember(self, rows):
        momentum = self.settings[1]
        self.seen = self.seen + 1
        weight = momentum if momentum is not None else (1 / self.seen).item()
        with torch.no_grad():
            spread, centre = torch.var_mean(rows, dim=0)
            self.centre = torch.lerp(self.centre, centre, weight)
            self.spread = torch.lerp(self.spread, spread, weight)

    def forward(self, x):
        n, c, h, w = x.shape
        rows = x.permute(0, 2, 3, 1).reshape(-1, c)
        if self.training and self.centre is not None:
            self.remember(rows)
        if self.training or self.centre is None:
            rows = Standardise.apply(rows, self.settings[0])
        else:
            rows = (rows - self.centre) * torch.rsqrt(self.spread + self.settings[0])
        if self.gamma is not None:
            rows = torch.addcmul(self.beta, rows, self.gamma)
        return rows.reshape(n, h, w, c).permute(0, 3, 1, 2)
