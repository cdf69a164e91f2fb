# what: g·g записано в p.grad
# caught_by: test_adam_details
# phrase: градиент изменён на месте
# base: formulas


class MyAdam:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                g = p.grad
                if group["weight_decay"]:
                    g.add_(group["weight_decay"] * p)
                p.sub_(group["lr"] * self.direction(p, g, group))
