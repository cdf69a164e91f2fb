# what: p.grad = None заменён нулём: параметр едет по старому моменту
# caught_by: test_adam_details
# phrase: пропустить целиком
# base: formulas


class MyAdam:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                g = torch.zeros_like(p) if p.grad is None else p.grad
                g = g + group["weight_decay"] * p
                p.sub_(group["lr"] * self.direction(p, g, group))
