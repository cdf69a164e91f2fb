"""Формула как в учебнике: маска из torch.rand_like, деление на 1 - p; градиент считает autograd."""

import torch
from torch import nn


class DropoutLayer(nn.Module):
    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(f"p — вероятность, от 0 до 1, а пришло {p}")
        self.p = p
        self.inplace = inplace

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or self.p == 0:
            return x
        if self.p == 1:
            return x.mul_(0) if self.inplace else x * 0
        mask = torch.rand_like(x) >= self.p
        if self.inplace:
            return x.mul_(mask).div_(1 - self.p)
        return x * mask / (1 - self.p)


def corrupt(y: torch.Tensor, noise: float, generator: torch.Generator) -> torch.Tensor:
    others = (y + torch.randint(1, 10, y.shape, generator=generator)) % 10
    return torch.where(torch.rand(y.shape, generator=generator) < noise, others, y)


def make_network(p: float) -> nn.Module:
    net = nn.Sequential(
        nn.Linear(64, 128),
        nn.ReLU(),
        DropoutLayer(p),
        nn.Linear(128, 128),
        nn.ReLU(),
        DropoutLayer(p),
        nn.Linear(128, 10),
    )
    for layer in net[::3]:
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        nn.init.zeros_(layer.bias)
    return net
