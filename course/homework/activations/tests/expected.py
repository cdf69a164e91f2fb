"""Что должно получиться: значение и производная каждого слоя. Здесь работают готовые функции torch, у вас — формулы."""

import torch

DEFAULTS = {"MyReLU": {}, "MyLeakyReLU": {"negative_slope": 0.01}, "MySigmoid": {}, "MyELU": {"alpha": 1.0}}

_VALUES = {
    "MyReLU": torch.relu,
    "MyLeakyReLU": lambda x, negative_slope: torch.where(x > 0, x, negative_slope * x),
    "MySigmoid": torch.sigmoid,
    "MyELU": torch.nn.functional.elu,
}

_SLOPES = {
    "MyReLU": lambda x: (x > 0).to(x.dtype),
    "MyLeakyReLU": lambda x, negative_slope: torch.where(x > 0, torch.ones_like(x), torch.full_like(x, negative_slope)),
    "MySigmoid": lambda x: torch.sigmoid(x) * torch.sigmoid(-x),
    "MyELU": lambda x, alpha: torch.where(x > 0, torch.ones_like(x), alpha * torch.exp(x.clamp(max=0))),
}


def value(name, x, **options):
    """Ответ слоя."""
    return _VALUES[name](x, **(DEFAULTS[name] | options))


def slope(name, x, **options):
    """Производная слоя; в изломе — левая."""
    return _SLOPES[name](x, **(DEFAULTS[name] | options))
