# what: weight_decay не действует
# caught_by: test_adam_weight_decay
# phrase: weight_decay не действует
# base: formulas


class MyAdam:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                g = p.grad
                p.sub_(group["lr"] * self.direction(p, g, group))
