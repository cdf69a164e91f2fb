# what: шаг SGD взят у torch в виде функции
# caught_by: test_sgd
# phrase: torch.optim.sgd.sgd
# base: by_hand

import torch
from torch.optim.sgd import sgd


class MySGD(torch.optim.Optimizer):
    def __init__(self, params, lr, momentum=0, nesterov=False, weight_decay=0):
        super().__init__(params, {"lr": lr, "momentum": momentum, "nesterov": nesterov, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            params = [p for p in group["params"] if p.grad is not None]
            speeds = [self.state[p].get("speed") for p in params]
            sgd(
                params, [p.grad for p in params], speeds, foreach=False, weight_decay=group["weight_decay"],
                momentum=group["momentum"], lr=group["lr"], dampening=0, nesterov=group["nesterov"], maximize=False,
            )  # fmt: skip
            for p, speed in zip(params, speeds, strict=True):
                if speed is not None:
                    self.state[p]["speed"] = speed
