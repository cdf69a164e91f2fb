# what: затухают уже сдвинутые веса
# caught_by: test_adamw
# phrase: уже сдвинутые веса
# base: formulas


class MyAdamW:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                shift = self.direction(p, p.grad, group)
                p.sub_(group["lr"] * shift)
                p.mul_(1 - group["lr"] * group["weight_decay"])
