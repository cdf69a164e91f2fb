# what: fan_in = w.numel() // w.shape[1]: поделено не на ту ось
# caught_by: test_fans_linear
# phrase: порядок перепутан

import math

import torch
from torch import nn


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    return w.numel() // w.shape[1], w.numel() // w.shape[0]


def _xavier_std(w: torch.Tensor, gain: float) -> float:
    return gain * math.sqrt(2 / sum(fans(w)))


def _kaiming_std(w: torch.Tensor, a: float, mode: str) -> float:
    fan_in, fan_out = fans(w)
    fan = fan_in if mode == "fan_in" else fan_out
    return math.sqrt(2 / ((1 + a**2) * fan))


@torch.no_grad()
def xavier_uniform_(w: torch.Tensor, gain: float = 1.0) -> torch.Tensor:
    bound = math.sqrt(3) * _xavier_std(w, gain)
    return w.uniform_(-bound, bound)


@torch.no_grad()
def xavier_normal_(w: torch.Tensor, gain: float = 1.0) -> torch.Tensor:
    return w.normal_(0, _xavier_std(w, gain))


@torch.no_grad()
def kaiming_uniform_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    bound = math.sqrt(3) * _kaiming_std(w, a, mode)
    return w.uniform_(-bound, bound)


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    return w.normal_(0, _kaiming_std(w, a, mode))


def init_model(model: nn.Module) -> None:
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
