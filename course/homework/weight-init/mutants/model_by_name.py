# what: по имени: у BatchNorm тоже есть bias, а у Embedding — weight
# caught_by: test_init_model_leaves_the_rest
# phrase: посторонний параметр

import math

import torch
from torch import nn


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    area = math.prod(w.shape[2:])
    return w.shape[1] * area, w.shape[0] * area


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
    for name, parameter in model.named_parameters():
        if name.endswith("bias"):
            nn.init.zeros_(parameter)
        elif name.endswith("weight") and parameter.dim() > 1:
            kaiming_normal_(parameter)
