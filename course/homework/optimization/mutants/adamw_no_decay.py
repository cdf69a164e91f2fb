# what: затухания нет
# caught_by: test_adamw
# phrase: weight_decay не действует
# base: formulas

import torch


class MyAdamW(MyAdam):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        super().__init__(params, lr, betas, eps, weight_decay)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                shift = self.direction(p, p.grad, group)
                p.sub_(group["lr"] * shift)
