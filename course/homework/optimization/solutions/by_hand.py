"""Без torch.optim: группы, состояние и его сохранение написаны руками; состояние — списки по номеру параметра."""

from cmath import exp, pi

import torch


class Base:
    def __init__(self, params, **defaults):
        params = list(params)
        described = params if isinstance(params[0], dict) else [{"params": params}]
        self.defaults, self.memory, self.param_groups = defaults, {}, []
        for group in described:
            self.add_param_group(group)

    def add_param_group(self, group):
        self.param_groups.append({**self.defaults, **group})

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.grad = None

    def step(self):
        number = 0
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    memory = self.memory.setdefault(number, {"calls": 0})
                    memory["calls"] += 1
                    x, g = parameter.detach(), parameter.grad.detach()
                    x.copy_(self.moved(x.clone(), g, group, memory))
                number += 1

    def state_dict(self):
        settings = [{key: value for key, value in group.items() if key != "params"} for group in self.param_groups]
        return {"memory": self.memory, "settings": settings}

    def load_state_dict(self, saved):
        self.memory = saved["memory"]
        for group, settings in zip(self.param_groups, saved["settings"], strict=True):
            group.update(settings)


class MySGD(Base):
    def __init__(self, params, lr, momentum=0, nesterov=False, weight_decay=0):
        super().__init__(params, lr=lr, momentum=momentum, nesterov=nesterov, weight_decay=weight_decay)

    def moved(self, x, g, group, memory):
        g = torch.add(g, x, alpha=group["weight_decay"])
        velocity = g + group["momentum"] * memory.get("velocity", torch.zeros_like(g))
        memory["velocity"] = velocity
        if group["nesterov"]:
            velocity = g + group["momentum"] * velocity
        return x - group["lr"] * velocity


class MyAdam(Base):
    decoupled = False

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0):
        super().__init__(params, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay)

    def moved(self, x, g, group, memory):
        (b1, b2), calls = group["betas"], memory["calls"]
        if self.decoupled:
            x = x * (1 - group["lr"] * group["weight_decay"])
        else:
            g = g + group["weight_decay"] * x
        zero = torch.zeros_like(g)
        memory["first"] = torch.lerp(g, memory.get("first", zero), b1)
        memory["second"] = torch.lerp(g * g, memory.get("second", zero), b2)
        size = group["lr"] * (1 - b2**calls) ** 0.5 / (1 - b1**calls)
        return x - size * memory["first"] / (memory["second"] ** 0.5 + group["eps"] * (1 - b2**calls) ** 0.5)


class MyAdamW(MyAdam):
    decoupled = True

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr, betas, eps, weight_decay)


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    if step < warmup:
        return lr / warmup * (step + 1)
    angle = min(1, (step - warmup) / max(1, total - warmup)) * pi
    half = (1 + exp(1j * angle).real) / 2
    return half * lr + (1 - half) * lr_min
