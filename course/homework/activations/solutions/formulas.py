"""Формулы как в учебнике: nn.Module, where и clamp; градиент считает autograd."""

import torch
from torch import nn


class MyReLU(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.clamp(x, min=0)


class MyLeakyReLU(nn.Module):
    def __init__(self, negative_slope: float = 0.01) -> None:
        super().__init__()
        self.negative_slope = negative_slope

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x > 0, x, self.negative_slope * x)


class MySigmoid(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (1 + torch.tanh(x / 2)) / 2


class MyELU(nn.Module):
    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        self.alpha = alpha

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        left = self.alpha * torch.expm1(torch.clamp(x, max=0))
        return torch.where(x > 0, x, left)
