# what: в Adam затухание как в AdamW
# caught_by: test_adam_weight_decay
# phrase: это AdamW
# base: formulas


class MyAdam:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                g = p.grad
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.sub_(group["lr"] * self.direction(p, g, group))
