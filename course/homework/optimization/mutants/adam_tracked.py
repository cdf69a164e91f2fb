# what: обновление считается вместе с графом
# caught_by: test_adam_details
# phrase: граф
# base: formulas


class MyAdam:
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                g = p.grad + group["weight_decay"] * p
                p.data.sub_(group["lr"] * self.direction(p, g, group))
