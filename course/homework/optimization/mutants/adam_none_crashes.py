# what: p.grad = None — ошибка
# caught_by: test_adam_details
# phrase: NoneType
# base: formulas


class MyAdam:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                g = p.grad + group["weight_decay"] * p
                p.sub_(group["lr"] * self.direction(p, g, group))
