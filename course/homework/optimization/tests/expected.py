"""Что должно получиться: путь оптимизатора torch и значения расписания."""

import inspect
import math

import torch

ORDER = {
    "MySGD": ("lr", "momentum", "nesterov", "weight_decay"),
    "MyAdam": ("lr", "betas", "eps", "weight_decay"),
    "MyAdamW": ("lr", "betas", "eps", "weight_decay"),
}
# У Adam счётчик шагов может быть тензором float32, как у самого torch: 1 − 0,999ᵗ в нём известно с ошибкой 6·10⁻⁸, то
# есть до 3·10⁻⁵ от шага.
NEAR = {
    "MySGD": {"rtol": 1e-8, "atol": 1e-10},
    "MyAdam": {"rtol": 1e-6, "atol": 1e-6},
    "MyAdamW": {"rtol": 1e-6, "atol": 1e-6},
}


def oracle(name, params, steps, options, lrs=None, settings=None):
    """Путь оптимизатора torch: список по шагам, в нём список по параметрам."""
    leaves = [torch.nn.Parameter(param.clone()) for param in params]
    described = [{"params": [leaf], **own} for leaf, own in zip(leaves, settings, strict=True)] if settings else leaves
    kind = {"MySGD": torch.optim.SGD, "MyAdam": torch.optim.Adam, "MyAdamW": torch.optim.AdamW}[name]
    step = torch.no_grad()(inspect.unwrap(kind.step))  # без обёртки, которая загружает torch._dynamo
    optimizer = kind(described, **options)
    history = []
    for number, grads in enumerate(steps):
        for group in optimizer.param_groups if lrs else []:
            group["lr"] = lrs[number]
        for leaf, grad in zip(leaves, grads, strict=True):
            leaf.grad = None if grad is None else grad.clone()
        step(optimizer)
        history.append([leaf.detach().clone() for leaf in leaves])
    return history


def scheduled(step, lr, warmup, total, lr_min=0.0):
    """Расписание по формуле из условия."""
    if step < warmup:
        return lr * (step + 1) / warmup
    done = min(1.0, (step - warmup) / (total - warmup))
    return lr_min + (lr - lr_min) * (1 + math.cos(math.pi * done)) / 2
