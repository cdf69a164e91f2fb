# what: параметр без градиента тоже затухает
# caught_by: test_adamw_details
# phrase: пропустить целиком
# base: formulas


class MyAdamW:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    p.mul_(1 - group["lr"] * group["weight_decay"])
                    continue
                shift = self.direction(p, p.grad, group)
                p.sub_(group["lr"] * (shift + group["weight_decay"] * p))
